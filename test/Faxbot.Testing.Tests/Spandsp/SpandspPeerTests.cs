using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Captures;
using Faxbot.Testing.Processes;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Testing.Tests.Spandsp;

public sealed class SpandspPeerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Passes_its_own_check() =>
        Assert.Contains("all checks passed", (await ProcessRunner.RunSuccessfullyAsync(await SpandspBuild.ProgramAsync("selftest"), [])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Sends_two_pages_to_another_and_the_pixels_are_the_same()
    {
        using var folder = new TempFolder();
        var sample = AsteriskLab.Sample("two-light-g4.tif");
        await using var receiver = await SpandspPeer.ReceiveAsync(folder.Of("got.tif"), "--no-pacing", "--ident", "+1 555 0100");
        await using var sender = await SpandspPeer.SendAsync(sample, receiver.EndPoint, "--no-pacing", "--ident", "+1 555 0199", "--pcap", folder.Of("call.pcap"));

        var sent = await sender.ResultAsync(Limit);
        var got = await receiver.ResultAsync(Limit);

        Assert.Equal((0, "OK", 2, "+1 555 0100"), (sent.ExitCode, sent.ResultText, sent.Pages, sent.FarIdent));
        Assert.Equal((0, "OK", 2, "+1 555 0199"), (got.ExitCode, got.ResultText, got.Pages, got.FarIdent));
        Assert.Equal((1728, 3850, "T.6", true, 0), (got.Width, got.YResolution, got.Encoding, got.Ecm, got.Packets.Malformed));
        Assert.Equal([1146, 1146], got.PageList.Select(page => page.Length));
        Assert.Null(await TiffDiff.FindDifferenceAsync(sample, folder.Of("got.tif")));
        Assert.NotNull(await TiffDiff.FindDifferenceAsync(AsteriskLab.Sample("one-standard-g4.tif"), folder.Of("got.tif")));
        await AssertDecodesAsync(folder.Of("call.pcap"), sender.EndPoint.Port);
    }

    [Fact]
    public async Task Tells_what_happened_until_it_was_stopped()
    {
        using var folder = new TempFolder();
        await using var receiver = await SpandspPeer.ReceiveAsync(folder.Of("got.tif"));

        var result = await receiver.StopAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(0, result.Pages);
    }

    [Fact]
    public async Task Says_which_option_it_does_not_know()
    {
        await using var peer = await SpandspPeer.ReceiveAsync("never.tif", "--no-such-option");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => peer.ResultAsync(Limit));
        Assert.Contains("no-such-option", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertDecodesAsync(string capture, int port)
    {
        var options = new TsharkOptions { DecodeAs = [$"udp.port=={port},t38"] };

        var frames = await Tshark.FieldsAsync(capture, ["t38.seq_number", "t38.t30_indicator"], options);

        Assert.Contains(frames, frame => frame[0].Count > 0 && frame[1].Count > 0);
        // Its third copy of a last packet finds its fragments joined already; nothing else may be said.
        Assert.DoesNotContain(await Tshark.FindingsAsync(capture, TsharkSeverity.Error, options), finding => !finding.Message.Contains("FRAGMENT", StringComparison.Ordinal));
    }
}
