using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Sip;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Sipp;
using static Faxbot.Interop.Tests.Embedded.SippScenarioExtensions;
using static Faxbot.Interop.Tests.Sip.SippScenario;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>Our embedded line calls sipp, which answers in every way that ends a fax before it begins.</summary>
public sealed class LineCallsSippTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TrunkT38 AskAtOnce = new() { Switch = T38Switch.Us };
    private static readonly TrunkT38 NeverAsk = new() { Switch = T38Switch.FarEnd };

    private const string Hung = "The far end hung up before the fax began.";
    private const string NoAddress = "The far end accepted T.38 but gave no T.38 address.";
    private const string Refused = "The far end refused T.38.";
    private const string WentBack = "The far end accepted T.38 and went back to audio before the fax began.";
    private const string HungInFax = "The far end hung up before it identified itself as a fax machine.";

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["415 to T.38 in the first offer"] = RefusesTheFirstOffer("415 Unsupported Media Type", 415),
        ["488 to T.38 in the first offer"] = RefusesTheFirstOffer("488 Not Acceptable Here", 488),
        ["606 to T.38 in the first offer"] = RefusesTheFirstOffer("606 Not Acceptable", 606),
        ["415 to T.38"] = new(Negotiation(415, Refused), AskAtOnce, Answered().AnswersT38("415 Unsupported Media Type")),
        ["488 to T.38"] = new(Negotiation(488, Refused), AskAtOnce, Answered().AnswersT38("488 Not Acceptable Here")),
        ["606 to T.38"] = new(Negotiation(606, Refused), AskAtOnce, Answered().AnswersT38("606 Not Acceptable")),
        ["audio as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Answered().AnswersT38("200 OK", Body.Audio)),
        ["port 0 as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Answered().AnswersT38("200 OK", Body.RefusedImage)),
        ["nothing as the answer to T.38"] = new(Negotiation(200, NoAddress), AskAtOnce, Answered().AnswersT38("200 OK")),
        ["491 to T.38, then T.38, then BYE"] = new(
            NotFax(HungInFax), AskAtOnce,
            Answered().ReceiveRequest("INVITE", LiveImage).RespondWithin("491 Request Pending").ReceiveRequest("ACK")
                .ReceiveRequest("INVITE", LiveImage).RespondWithin("200 OK", Body.Image).ReceiveRequest("ACK").HangsUpAsCallee(1)),
        ["T.38 asked for, then audio again"] = new(
            new Expected(OutcomeClass.Negotiation, OutcomePhase.Negotiate, null, WentBack), NeverAsk,
            Answered().AsksAsCallee(1, Body.Image, LiveImage).AsksAsCallee(2, Body.Audio, LiveAudio).IsHungUp()),
        ["T.38 accepted, then audio asked for"] = new(
            new Expected(OutcomeClass.Negotiation, OutcomePhase.Negotiate, null, WentBack), AskAtOnce,
            Answered().ReceiveRequest("INVITE", LiveImage).RespondWithin("200 OK", Body.Image).ReceiveRequest("ACK").AsksAsCallee(1, Body.Audio, LiveAudio).IsHungUp()),
        ["T.38 asked for twice, then BYE"] = new(
            NotFax(HungInFax), NeverAsk, Answered().AsksAsCallee(1, Body.Image, LiveImage).AsksAsCallee(2, Body.Image, LiveImage).HangsUpAsCallee(3)),
        ["T.38 asked for late, when we had asked for it already, then BYE"] = new(
            NotFax(HungInFax), AskAtOnce,
            Answered().ReceiveRequest("INVITE", LiveImage).RespondWithin("200 OK", Body.Image).ReceiveRequest("ACK")
                .AsksAsCallee(1, Body.Image, LiveImage).HangsUpAsCallee(2)),
        ["a re-INVITE without an offer"] = new(
            NotFax(Hung), NeverAsk, Answered().AsksAsCallee(1, Body.None, LiveAudio, inAck: Body.Audio).HangsUpAsCallee(2)),
        ["a re-INVITE without an offer in T.38"] = new(
            NotFax(HungInFax), NeverAsk,
            Answered().AsksAsCallee(1, Body.Image, LiveImage).AsksAsCallee(2, Body.None, LiveImage, inAck: Body.Image).HangsUpAsCallee(3)),
        ["a re-INVITE with nothing that we speak"] = new(
            NotFax(Hung), NeverAsk, Answered().SendAsCallee("INVITE", 1, Body.Video).GetsResponse(488).SendAsCallee("ACK", 1).HangsUpAsCallee(2)),
        ["BYE at once"] = new(NotFax(Hung), NeverAsk, Answered().HangsUpAsCallee(1)),
        ["T.38 in the first answer, then BYE"] = new(
            NotFax(HungInFax), NeverAsk with { InFirstOffer = true }, Answered(Body.Image).HangsUpAsCallee(1)),
        ["moved"] = new(
            new Expected(OutcomeClass.Dead, OutcomePhase.Dial, 302, "The number does not exist or has moved."), AskAtOnce,
            new SippScenario().ReceiveRequest("INVITE").Respond("302 Moved Temporarily").ReceiveRequest("ACK")),
        ["500 with the telephone network's cause 17"] = new(
            new Expected(OutcomeClass.Busy, OutcomePhase.Dial, 500, "The number is busy."), AskAtOnce,
            new SippScenario().ReceiveRequest("INVITE").Respond("500 Server Internal Error", headers: "Reason: Q.850;cause=17").ReceiveRequest("ACK")),
        ["ringing until we cancel"] = new(NoAnswer, AskAtOnce, Cancelled().RespondToKept("487 Request Terminated").ReceiveRequest("ACK")),
        ["an answer that crosses our CANCEL"] = new(NoAnswer, AskAtOnce, Cancelled().RespondToKept("200 OK", Body.Audio).ReceiveRequest("ACK").IsHungUp()),
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
            Trunk = FinishedCall.Trunk(peer.EndPoint.Port, t38) with { Signalling = new TrunkSignalling { RingTimeout = TimeSpan.FromSeconds(2) } },
            To = "5550100",
            Document = document,
        }), Limit);

        (await peer.ResultAsync(Limit)).EnsureSuccess();
        var got = call.Outcome;
        Assert.True(expected == new Expected(got.Class, got.Phase, got.SipStatus, got.Sentence), $"{call}");
        Assert.Equal((0, 0, 1), (got.PagesConfirmed, got.PagesPerhapsPrinted, got.PagesTotal));
    }

    private static Case RefusesTheFirstOffer(string status, int code) => new(
        new Expected(OutcomeClass.Negotiation, OutcomePhase.Dial, code, "The far end takes none of the media that were offered."),
        AskAtOnce with { InFirstOffer = true },
        new SippScenario().ReceiveRequest("INVITE", LiveImage).Respond(status).ReceiveRequest("ACK"));

    private static Expected NoAnswer => new(OutcomeClass.NoAnswer, OutcomePhase.Dial, null, "Nobody answered.");

    private static SippScenario Cancelled() => new SippScenario().Keeping().Respond("180 Ringing").ReceiveRequest("CANCEL").Respond("200 OK");

    private static Expected Negotiation(int status, string sentence) => new(OutcomeClass.Negotiation, OutcomePhase.Negotiate, status, sentence);

    private static Expected NotFax(string sentence) => new(OutcomeClass.NotFax, OutcomePhase.Negotiate, null, sentence);

    private sealed record Expected(OutcomeClass Class, OutcomePhase Phase, int? Status, string Sentence);

    private sealed record Case(Expected Expected, TrunkT38 T38, SippScenario Scenario);
}
