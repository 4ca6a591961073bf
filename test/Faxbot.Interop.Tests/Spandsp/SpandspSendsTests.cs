using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Testing;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>libspandsp's transmitter against our receiver, in every coding and rate; libtiff compares the pixels.</summary>
[Collection(HurriedCalls.First)]
public sealed class SpandspSendsTests
{
    [Theory]
    [MemberData(nameof(FaxWay.Rows), MemberType = typeof(FaxWay))]
    public Task Every_pixel_arrives(FaxResolution resolution, int rate) => Task.WhenAll(FaxWay.Of(resolution, rate).Select(ReceiveAsync));

    private static async Task ReceiveAsync(FaxWay way)
    {
        using var folder = new TempFolder();
        var (sent, got) = (folder.Of("sent.tif"), folder.Of("got.tif"));
        way.WriteDocument(sent);
        var codings = way.Coding switch { FaxCoding.Mh => "mh", FaxCoding.Mr => "mh,mr", _ => "mh,mr,mmr" };
        using (var received = new ReceivedTiff(got))
        using (var call = new SpandspCall())
        await using (var clock = new SharedClock(FaxWay.TimeScale))
        {
            var receiver = new FaxReceiver(received, new ReceiverOptions { Identity = "+1 555 0199" });
            await using var peer = await SpandspPeer.SendAsync(
                sent, call.EndPoint, [.. clock.Options, "--ident", "+1 555 0100", "--max-rate", $"{way.BitRate}", "--ecm", way.Ecm ? "on" : "off", "--supported-compression", codings]);
            clock.Start();

            var ours = await call.RunAsync(receiver, peer.EndPoint, new T38TerminalOptions(), clock.Time);
            var theirs = await peer.ResultAsync(FaxWay.Limit);

            Assert.True(ours.End == FaxEnd.Completed, $"{way}: {ours}\n{string.Join('\n', call.Events)}\n{theirs}");
            Assert.Equal((0, way.Pages), (theirs.Result, theirs.Pages));
            Assert.Equal((way.Coding, way.Ecm, way.BitRate), (ours.Settings!.Coding, ours.Settings.Ecm, ours.Settings.Modulation.BitRate()));
        }

        Assert.Null(await TiffDiff.FindDifferenceAsync(sent, got));
    }
}
