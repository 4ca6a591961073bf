using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>What can go wrong on the way to a fax machine, as Asterisk plays it: each ends with the class, phase and code that tell it.</summary>
public sealed class AsteriskOutcomeTests(SharedAsterisk asterisk)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TrunkT38 AskAtOnce = new() { Switch = T38Switch.Us };
    private static readonly TrunkT38 NeverAsk = new() { Switch = T38Switch.FarEnd, SwitchTimeout = TimeSpan.FromSeconds(8) };

    private static readonly Case[] NotConnected =
    [
        new("99920101", OutcomeClass.Busy, OutcomePhase.Dial, OutcomeParty.Number, 486, "The number is busy."),
        new("99921101", OutcomeClass.NoAnswer, OutcomePhase.Dial, OutcomeParty.Number, null, "Nobody answered."),
        new("99924101", OutcomeClass.Dead, OutcomePhase.Dial, OutcomeParty.Number, 404, "The number does not exist or has moved."),
        new("99925101", OutcomeClass.Rejected, OutcomePhase.Dial, OutcomeParty.Trunk, 403, "The trunk forbids this call."),
        new("99926101", OutcomeClass.Congestion, OutcomePhase.Dial, OutcomeParty.Trunk, 503, "The trunk cannot take the call at the moment."),
        new("99927101", OutcomeClass.NoAnswer, OutcomePhase.Dial, OutcomeParty.Number, 480, "Nobody answered."),
        new("99928101", OutcomeClass.NoAnswer, OutcomePhase.Dial, OutcomeParty.Number, null, "Nobody answered."),
        new("99929101", OutcomeClass.Busy, OutcomePhase.Dial, OutcomeParty.Number, 486, "The number is busy."),
    ];

    private static readonly Case[] NotSwitched =
    [
        Refused("99911101"),
        Refused("99913101"),
        Refused("99922101"),
        Refused("99923101"),
        NobodyAsked("99911102"),
        NobodyAsked("99922102"),
        NobodyAsked("99923102"),
    ];

    [Fact]
    public Task A_call_that_is_not_answered_tells_why() => RunAsync(NotConnected);

    [Fact]
    public Task A_call_that_does_not_switch_to_T38_tells_why() => RunAsync(NotSwitched);

    [Fact]
    public async Task Keeps_what_was_confirmed_when_Asterisk_hangs_up_in_the_middle()
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();
        using var folder = new TempFolder();
        SampleTiff.Write(folder.Of("sent.tif"));
        SampleTiff.Write(folder.Of("first.tif"), pages: 1);
        await using var ami = await lab.ConnectAmiAsync();
        var late = $"99915{SampleTiff.SecondsIntoSecondPage}101";
        var early = "9991512101";

        var calls = await Task.WhenAll(
            CallAsync(line, lab, late, AskAtOnce, folder.Of("sent.tif")), CallAsync(line, lab, early, AskAtOnce, folder.Of("sent.tif")));
        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["Number"] == late, TimeSpan.FromSeconds(30));

        Assert.True(calls[0].Outcome is
        {
            Class: OutcomeClass.Partial, Phase: OutcomePhase.Page, T30Code: "BYE", PagesConfirmed: 1, PagesPerhapsPrinted: 1, PagesTotal: 3,
        }, $"{calls[0]}");
        Assert.True(calls[1].Outcome is { Class: OutcomeClass.Quality, T30Code: "BYE", PagesConfirmed: 0, PagesTotal: 3, Party: OutcomeParty.Receiver }, $"{calls[1]}");
        Assert.Null(await TiffDiff.FindDifferenceAsync(folder.Of("first.tif"), received["File"]));
    }

    private static Case Refused(string number) =>
        new(number, OutcomeClass.Negotiation, OutcomePhase.Negotiate, OutcomeParty.Receiver, 488, "The far end refused T.38.") { T38 = AskAtOnce };

    private static Case NobodyAsked(string number) =>
        new(number, OutcomeClass.Negotiation, OutcomePhase.Negotiate, OutcomeParty.Receiver, null, "The call was answered, but nobody asked for T.38 in time.");

    private async Task RunAsync(Case[] cases)
    {
        var lab = await asterisk.OpenAsync();
        await using var line = FinishedCall.OpenLine();
        await Task.WhenAll(cases.Select(async expected =>
        {
            var (number, kind, phase, party, status, sentence) = expected;
            var call = await CallAsync(line, lab, number, expected.T38, AsteriskLab.Sample("two-light-g4.tif"));
            var got = call.Outcome;
            Assert.True((kind, phase, party, status, sentence) == (got.Class, got.Phase, got.Party, got.SipStatus, got.Sentence), $"{expected}\n{call}");
            Assert.True(got is { PagesConfirmed: 0, PagesPerhapsPrinted: 0, PagesTotal: 2, Medium: FaxMedium.None, Next: not "" }, $"{expected}\n{call}");
        }));
    }

    private static async Task<FinishedCall> CallAsync(EmbeddedLine line, AsteriskLab lab, string number, TrunkT38 t38, string file)
    {
        using var document = SampleTiff.Open(file);
        return await FinishedCall.OfAsync(line.Originate(new OutboundFax
        {
            Trunk = FinishedCall.Trunk(lab.SipPort, t38) with { Signalling = new TrunkSignalling { RingTimeout = TimeSpan.FromSeconds(5) } },
            To = number,
            From = "5550100",
            Document = document,
        }), Limit);
    }

    private sealed record Case(string Number, OutcomeClass Class, OutcomePhase Phase, OutcomeParty Party, int? Status, string Sentence)
    {
        public TrunkT38 T38 { get; init; } = NeverAsk;
    }
}
