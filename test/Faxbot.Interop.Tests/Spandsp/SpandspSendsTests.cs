using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>libspandsp's transmitter against our receiver, in every coding and rate; libtiff compares the pixels.</summary>
public sealed class SpandspSendsTests
{
    [Theory]
    [MemberData(nameof(FaxWay.Rows), MemberType = typeof(FaxWay))]
    public async Task Every_pixel_arrives(FaxResolution resolution, int rate)
    {
        foreach (var way in FaxWay.Of(resolution, rate)) await ReceiveAsync(way);
    }

    private static async Task ReceiveAsync(FaxWay way)
    {
        var result = await new SpandspFax
        {
            Way = way,
            Receiver = new ReceiverOptions { Identity = "+1 555 0199" },
            Peer = ["--ident", "+1 555 0100"],
        }.ReceiveAsync();

        result.AssertDelivered();
        var settings = result.Ours.Settings!;
        Assert.Equal((way.Coding, way.Ecm, way.BitRate), (settings.Coding, settings.Ecm, settings.Modulation.BitRate()));
    }
}
