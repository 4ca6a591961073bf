using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Our transmitter against libspandsp's receiver, in every coding and rate; libtiff compares the pixels.</summary>
public sealed class SpandspReceivesTests
{
    [Theory]
    [MemberData(nameof(FaxWay.Rows), MemberType = typeof(FaxWay))]
    public async Task Every_pixel_arrives(FaxResolution resolution, int rate)
    {
        foreach (var way in FaxWay.Of(resolution, rate)) await SendAsync(way);
    }

    private static async Task SendAsync(FaxWay way)
    {
        var result = await new SpandspFax
        {
            Way = way,
            Transmitter = new TransmitterOptions { Identity = "+1 555 0100" },
            // It could do more than we are to use.
            Peer = ["--ident", "+1 555 0199", "--ecm", "on"],
        }.SendAsync();

        result.AssertDelivered();
        var (ours, theirs) = (result.Ours, result.Theirs);
        Assert.Equal((way.BitRate, way.Ecm), (theirs.BitRate, theirs.Ecm));
        Assert.Equal((way.Coding, way.BitRate), (ours.Settings!.Coding, ours.Settings.Modulation.BitRate()));
        // libspandsp keeps the blanks that fill the field.
        Assert.Equal(("+1 555 0199", "+1 555 0100"), (ours.FarIdentity, theirs.FarIdent?.TrimEnd()));
    }
}
