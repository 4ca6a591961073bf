using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Asterisk's SendFAX calls our embedded line. All ways at once.</summary>
public sealed class AsteriskSendsTests(SharedAsterisk asterisk)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly Way[] Ways =
    [
        new("5550101", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us }),
        new("5550102", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Either }),
        // z: Asterisk asks for T.38 itself, after 10 s.
        new("5550103", AskedByUs: false, new TrunkT38 { InboundSwitch = T38Switch.FarEnd }, "--opts", "fsz"),
        new("5550104", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us }, "--opts", "fsz"),
        new("5550105", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us }, "--no-ecm") { Ecm = false },
        new("5550106", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us }, "--rate", "4800") { BitRate = 4800 },
        new("5550107", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us }, "--rate", "9600") { BitRate = 9600 },
        new("5550108", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us, Version = 3 }),
        new("5550109", AskedByUs: true, new TrunkT38 { InboundSwitch = T38Switch.Us, MaxBitRate = 9600 }) { BitRate = 9600 },
    ];

    [Fact]
    public async Task Every_pixel_arrives_whoever_asks_for_T38()
    {
        var lab = await asterisk.OpenAsync();
        await Task.WhenAll(Ways.Select(way => ReceiveAsync(way, lab)));
    }

    [Fact]
    public async Task Keeps_confirmed_pages_when_Asterisk_hangs_up_in_the_middle()
    {
        var lab = await asterisk.OpenAsync();
        using var folder = new TempFolder();
        SampleTiff.Write(folder.Of("sent.tif"));
        SampleTiff.Write(folder.Of("first.tif"), pages: 1);
        await using var line = Receiving(folder.Of("got.tif"), new TrunkT38 { InboundSwitch = T38Switch.Us });

        var sending = lab.SendAsync($"sip:5550199@{line.Line.LocalEndPoint}", folder.Of("sent.tif"), Limit, "--hangup-after", $"{SampleTiff.SecondsIntoSecondPage}");
        var received = await FinishedCall.OfAsync(await line.Call, Limit);
        var sent = await sending;

        var all = $"{received}\n{sent}";
        Assert.True(received.Outcome is { Class: OutcomeClass.Partial, Phase: OutcomePhase.Page, PagesConfirmed: 1, T30Code: "BYE" }, all);
        Assert.NotEqual("SUCCESS", sent["Status"]);
        Assert.Null(await TiffDiff.FindDifferenceAsync(folder.Of("first.tif"), folder.Of("got.tif")));
    }

    private static async Task ReceiveAsync(Way way, AsteriskLab lab)
    {
        var file = AsteriskLab.Sample("two-light-g4.tif");
        using var folder = new TempFolder();
        await using var line = Receiving(folder.Of("got.tif"), way.T38);

        var sending = lab.SendAsync($"sip:{way.Number}@{line.Line.LocalEndPoint}", file, Limit, way.Options);
        // A call that never comes shows in what Asterisk says.
        if (await Task.WhenAny(sending, line.Call) == sending) Assert.Fail($"{way}\n{await sending}");
        var received = await FinishedCall.OfAsync(await line.Call, Limit);
        var sent = await sending;

        var all = $"{way}\n{received}\n{sent}";
        var outcome = received.Outcome;
        Assert.True(outcome is { Class: OutcomeClass.Success, Medium: FaxMedium.T38, PagesConfirmed: 2, FarIdentity: "asterisk-lab" }, all);
        Assert.True((outcome.BitRate, outcome.Ecm, received.Switch?.ByUs) == (way.BitRate, way.Ecm, way.AskedByUs), all);
        Assert.True((sent["Status"], sent["Mode"], sent["Pages"], sent["RemoteStation"].Trim()) == ("SUCCESS", "T38", "2", "+1 555 0199"), all);
        Assert.Null(await TiffDiff.FindDifferenceAsync(file, folder.Of("got.tif")));
    }

    private static ReceivingLine Receiving(string file, TrunkT38 t38)
    {
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = FinishedCall.OnLoopback with { InboundT38 = t38, Receiver = new() { Identity = "+1 555 0199" } };
        var line = EmbeddedLine.Open(options, TimeProvider.System, _ => new IncomingDecision.Accept(new ReceivedTiff(file), arrived.SetResult));
        return new ReceivingLine(line, arrived.Task);
    }

    private sealed record ReceivingLine(EmbeddedLine Line, Task<FaxCall> Call) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Line.DisposeAsync();
    }

    private sealed record Way(string Number, bool AskedByUs, TrunkT38 T38, params string[] Options)
    {
        public int BitRate { get; init; } = 14_400;

        public bool Ecm { get; init; } = true;
    }
}
