using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Sipp;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>Our embedded line calls sipp, which answers in every way that ends a fax before it begins.</summary>
public sealed class SippIsCalledTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TrunkT38 AskAtOnce = new() { Switch = T38Switch.Us };
    private static readonly TrunkT38 NeverAsk = new() { Switch = T38Switch.FarEnd };

    private const string Hung = "The far end hung up before the fax began.";
    private const string NoAddress = "The far end accepted T.38 but gave no T.38 address.";
    private const string Refused = "The far end refused T.38.";
    private const string HungInFax = "The far end hung up before it identified itself as a fax machine.";

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["415 to T.38"] = new(Negotiation(415, Refused), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("415 Unsupported Media Type").Gets("ACK").IsHungUp()),
        ["488 to T.38"] = new(Negotiation(488, Refused), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("488 Not Acceptable Here").Gets("ACK").IsHungUp()),
        ["606 to T.38"] = new(Negotiation(606, Refused), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("606 Not Acceptable").Gets("ACK").IsHungUp()),
        ["audio as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("200 OK", SippScenario.Audio).Gets("ACK").IsHungUp()),
        ["port 0 as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("200 OK", SippScenario.NoT38).Gets("ACK").IsHungUp()),
        ["nothing as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Up().Gets("INVITE", "m=image").Answers("200 OK").Gets("ACK").IsHungUp()),
        ["491 to T.38, then T.38, then BYE"] = new(
            NotFax(HungInFax), AskAtOnce,
            Up().Gets("INVITE", "m=image").Answers("491 Request Pending").Gets("ACK").Gets("INVITE", "m=image").Answers("200 OK", SippScenario.T38).Gets("ACK").HangsUp()),
        ["T.38 asked for, then audio again, then BYE"] = new(
            NotFax(HungInFax), NeverAsk,
            Up().Asks("INVITE", SippScenario.T38).GetsResponse(200, "m=image").Acknowledges()
                .Asks("INVITE", SippScenario.Audio).GetsResponse(200, "m=audio").Acknowledges().HangsUp()),
        ["a re-INVITE without an offer"] = new(
            NotFax(Hung), NeverAsk, Up().Asks("INVITE").GetsResponse(200, "m=audio").Acknowledges(SippScenario.Audio).HangsUp()),
        ["a re-INVITE without an offer in T.38"] = new(
            NotFax(HungInFax), NeverAsk,
            Up().Asks("INVITE", SippScenario.T38).GetsResponse(200, "m=image").Acknowledges()
                .Asks("INVITE").GetsResponse(200, "m=image").Acknowledges(SippScenario.T38).HangsUp()),
        ["a re-INVITE with nothing that we speak"] = new(
            NotFax(Hung), NeverAsk, Up().Asks("INVITE", "m=video [media_port] RTP/AVP 31\n").GetsResponse(488).Acknowledges().HangsUp()),
        ["BYE at once"] = new(NotFax(Hung), NeverAsk, Up().HangsUp()),
        ["T.38 in the first answer, then BYE"] = new(
            NotFax(HungInFax), NeverAsk with { InFirstOffer = true },
            SippScenario.Called().Answers("200 OK", "m=audio 0 RTP/AVP 0\n" + SippScenario.T38).IsUp().Gets("ACK").HangsUp()),
        ["moved"] = new(
            new Expected(OutcomeClass.Dead, OutcomePhase.Dial, 302, "The number does not exist or has moved."), AskAtOnce,
            SippScenario.Called().Answers("302 Moved Temporarily").Gets("ACK")),
        ["500 with the telephone network's cause 17"] = new(
            new Expected(OutcomeClass.Busy, OutcomePhase.Dial, 500, "The number is busy."), AskAtOnce,
            SippScenario.Called().Answers("500 Server Internal Error", header: "Reason: Q.850;cause=17;text=\"busy\"").Gets("ACK")),
        ["ringing until we cancel"] = new(
            new Expected(OutcomeClass.NoAnswer, OutcomePhase.Dial, null, "Nobody answered."), AskAtOnce,
            SippScenario.Called().Answers("180 Ringing").Gets("CANCEL").Answers("200 OK").AnswersCancelledInvite("487 Request Terminated").Gets("ACK")),
        ["an answer that crosses our CANCEL"] = new(
            new Expected(OutcomeClass.NoAnswer, OutcomePhase.Dial, null, "Nobody answered."), AskAtOnce,
            SippScenario.Called().Answers("180 Ringing").Gets("CANCEL").Answers("200 OK").AnswersCancelledInvite("200 OK", SippScenario.Audio).IsUp()
                .Gets("ACK").IsHungUp()),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tells_why_no_fax_came_about(string name)
    {
        var (expected, t38, scenario) = Cases[name];
        await using var peer = await SippPeer.StartAsync(scenario.ToString());
        await using var line = FinishedCall.OpenLine();
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));

        var call = await FinishedCall.OfAsync(line.Originate(new OutboundFax
        {
            Trunk = FinishedCall.Trunk(peer.EndPoint.Port, t38) with { RingTimeout = TimeSpan.FromSeconds(2) },
            To = "5550100",
            Document = document,
        }), Limit);

        (await peer.ResultAsync(Limit)).EnsureSuccess();
        var got = call.Outcome;
        Assert.True(expected == new Expected(got.Class, got.Phase, got.SipStatus, got.Sentence), $"{call}");
        Assert.Equal((0, 0, 1), (got.PagesConfirmed, got.PagesPerhapsPrinted, got.PagesTotal));
    }

    private static SippScenario Up() =>
        SippScenario.Called().Answers("100 Trying").Answers("180 Ringing").Answers("200 OK", SippScenario.Audio).IsUp().Gets("ACK");

    private static Expected Negotiation(int status, string sentence) => new(OutcomeClass.Negotiation, OutcomePhase.Negotiate, status, sentence);

    private static Expected NotFax(string sentence) => new(OutcomeClass.NotFax, OutcomePhase.Negotiate, null, sentence);

    private sealed record Expected(OutcomeClass Class, OutcomePhase Phase, int? Status, string Sentence);

    private sealed record Case(Expected Expected, TrunkT38 T38, SippScenario Scenario);
}
