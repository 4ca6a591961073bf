using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Our transmitter against libspandsp's receiver, in every coding and rate; libtiff compares the pixels.</summary>
[Collection(HurriedCalls.Second)]
public sealed class SpandspReceivesTests
{
    [Theory]
    [MemberData(nameof(FaxWay.Rows), MemberType = typeof(FaxWay))]
    public Task Every_pixel_arrives(FaxResolution resolution, int rate) => Task.WhenAll(FaxWay.Of(resolution, rate).Select(SendAsync));

    private static async Task SendAsync(FaxWay way)
    {
        using var folder = new TempFolder();
        var (sent, got) = (folder.Of("sent.tif"), folder.Of("got.tif"));
        way.WriteDocument(sent);
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(sent, out var document));
        using var open = document!;
        using var transmitter = new FaxTransmitter(open, new TransmitterOptions
        {
            Identity = "+1 555 0100",
            Limits = new TransmitterLimits { Ecm = way.Ecm, BestCoding = way.Coding, MaxBitRate = way.BitRate },
        });
        await using var clock = new SharedClock(FaxWay.TimeScale);
        await using var peer = await SpandspPeer.ReceiveAsync(got, [.. clock.Options, "--ident", "+1 555 0199"]);
        using var call = new SpandspCall();
        clock.Start();

        var ours = await call.RunAsync(transmitter, peer.EndPoint, new T38TerminalOptions(), clock.Time);
        var theirs = await peer.ResultAsync(FaxWay.Limit);

        Assert.True(ours.End == FaxEnd.Completed, $"{way}: {ours}\n{string.Join('\n', call.Events)}\n{theirs}");
        Assert.Equal((0, way.Pages, way.BitRate, way.Ecm), (theirs.Result, theirs.Pages, theirs.BitRate, theirs.Ecm));
        Assert.Equal((way.Coding, way.BitRate), (ours.Settings!.Coding, ours.Settings.Modulation.BitRate()));
        // libspandsp keeps the blanks that fill the field.
        Assert.Equal(("+1 555 0199", "+1 555 0100"), (ours.FarIdentity, theirs.FarIdent?.TrimEnd()));
        Assert.Null(await TiffDiff.FindDifferenceAsync(sent, got));
    }
}
