using System.Globalization;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Faxes with libspandsp over a network that loses packets both ways, several seeds each: all of them arrive whole.</summary>
public sealed class SpandspLossTests
{
    private const int Seeds = 6;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.10)]
    public async Task Every_pixel_arrives_at_libspandsp(double loss)
    {
        foreach (var fax in Faxes(loss)) Check(await fax.SendAsync());
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.10)]
    public async Task Every_pixel_arrives_from_libspandsp(double loss)
    {
        foreach (var fax in Faxes(loss)) Check(await fax.ReceiveAsync());
    }

    private static IEnumerable<SpandspFax> Faxes(double loss) => Enumerable.Range(1, Seeds).Select(seed => new SpandspFax
    {
        Seed = seed,
        Faults = new LinkFaults { Loss = loss, OnlyFrom = 0 },
        Peer = ["--loss", loss.ToString(CultureInfo.InvariantCulture), "--redundancy", "3"],
    });

    private static void Check(SpandspFaxResult result)
    {
        result.AssertDelivered();
        Assert.True(result.Dropped > 0 && result.Theirs.Packets.Dropped > 0, "The network lost nothing.");
    }
}
