using Faxbot.Interop.Tests.Sip;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Sipp;
using static Faxbot.Interop.Tests.Embedded.SippScenarioExtensions;
using static Faxbot.Interop.Tests.Sip.SippScenario;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>sipp calls our embedded line, and does everything but fax.</summary>
public sealed class SippCallsLineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TrunkT38 AskAtOnce = new() { InboundSwitch = T38Switch.Us };
    private static readonly TrunkT38 NeverAsk = new() { InboundSwitch = T38Switch.FarEnd };

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["415 to T.38"] = new(OutcomeClass.Negotiation, 415, AskAtOnce, Up().AnswersT38("415 Unsupported Media Type")),
        ["488 to T.38"] = new(OutcomeClass.Negotiation, 488, AskAtOnce, Up().AnswersT38("488 Not Acceptable Here")),
        ["606 to T.38"] = new(OutcomeClass.Negotiation, 606, AskAtOnce, Up().AnswersT38("606 Not Acceptable")),
        ["audio as the answer to T.38"] = new(OutcomeClass.Negotiation, 200, AskAtOnce, Up().AnswersT38("200 OK", Body.Audio)),
        ["BYE at once"] = new(OutcomeClass.NotFax, null, NeverAsk, Up().HangsUpAsCaller(2)),
        ["a CANCEL that comes too late, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk,
            Calling().SendAsCaller("CANCEL", 1, isWithin: false, newBranch: false).ReceiveResponse(200, requires: "CANCEL").SendAsCaller("ACK", 1).HangsUpAsCaller(2)),
        ["no offer"] = new(OutcomeClass.NotFax, null, NeverAsk, Calling(Body.None).SendAsCaller("ACK", 1, Body.Audio).HangsUpAsCaller(2)),
        ["T.38 beside audio, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk, Calling(Body.AudioAndImage, LiveImage).SendAsCaller("ACK", 1).HangsUpAsCaller(2)),
        ["T.38 alone, then BYE"] = new(OutcomeClass.NotFax, null, NeverAsk, Calling(Body.Image, LiveImage).SendAsCaller("ACK", 1).HangsUpAsCaller(2)),
        ["nothing that we speak"] = new(
            OutcomeClass.Negotiation, 488, NeverAsk,
            new SippScenario().SendAsCaller("INVITE", 1, Body.Video, isWithin: false).GetsResponse(488).SendAsCaller("ACK", 1, newBranch: false)),
        ["T.38 asked for, then audio again, then BYE"] = new(
            OutcomeClass.Negotiation, null, NeverAsk, Up().AsksAsCaller(2, Body.Image, LiveImage).AsksAsCaller(3, Body.Audio, LiveAudio).HangsUpAsCaller(4)),
        ["491 to T.38, then T.38, then BYE"] = new(
            OutcomeClass.NotFax, null, AskAtOnce,
            Up().ReceiveRequest("INVITE", LiveImage).RespondWithin("491 Request Pending").ReceiveRequest("ACK")
                .ReceiveRequest("INVITE", LiveImage).RespondWithin("200 OK", Body.Image).ReceiveRequest("ACK").HangsUpAsCaller(2)),
        ["T.38 asked for twice, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk, Up().AsksAsCaller(2, Body.Image, LiveImage).AsksAsCaller(3, Body.Image, LiveImage).HangsUpAsCaller(4)),
        ["T.38 asked for late, when we had asked for it already, then BYE"] = new(
            OutcomeClass.NotFax, null, AskAtOnce,
            Up().ReceiveRequest("INVITE", LiveImage).RespondWithin("200 OK", Body.Image).ReceiveRequest("ACK").AsksAsCaller(2, Body.Image, LiveImage).HangsUpAsCaller(3)),
        ["a re-INVITE that overtakes the ACK"] = new(
            OutcomeClass.NotFax, null, NeverAsk, Calling().AsksAsCaller(2, Body.Image, LiveImage).HangsUpAsCaller(3)),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Takes_the_call_and_tells_why_no_fax_came(string name)
    {
        var (kind, status, t38, scenario) = Cases[name];
        var (received, _) = await RunAsync(scenario, t38, TimeProvider.System);

        Assert.True((kind, status, 0) == (received.Outcome.Class, received.Outcome.SipStatus, received.Outcome.PagesConfirmed), $"{received}");
    }

    [Fact]
    public async Task Ends_a_call_whose_answer_nobody_acknowledges()
    {
        // RFC 3261 13.3.1.4: BYE after 64 * T1, which is 32 s, and 3.2 s by this clock.
        var (received, said) = await RunAsync(Calling().IsHungUp(), NeverAsk, new ScaledTimeProvider(10));

        Assert.True(received.Outcome is { Class: OutcomeClass.NotFax, Phase: OutcomePhase.Negotiate }, $"{received}");
        Assert.InRange(said.Messages.Split("SIP/2.0 200 OK").Length - 1, 5, 13);
    }

    [Fact]
    public async Task Refuses_a_call_that_is_not_wanted()
    {
        await using var line = EmbeddedLine.Open(FinishedCall.OnLoopback, TimeProvider.System, _ => new IncomingDecision.Reject(486));
        await using var peer = await SippPeer.StartAsync(
            new SippScenario()
                .SendAsCaller("INVITE", 1, Body.Audio, isWithin: false).GetsResponse(486).SendAsCaller("ACK", 1, newBranch: false).ToString(), new SippOptions { Remote = line.LocalEndPoint.ToString() });

        (await peer.ResultAsync(Limit)).EnsureSuccess();
    }

    private static async Task<(FinishedCall Received, SippResult Said)> RunAsync(SippScenario scenario, TrunkT38 t38, TimeProvider time)
    {
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = EmbeddedLine.Open(
            FinishedCall.OnLoopback with { InboundT38 = t38 }, time, _ => new IncomingDecision.Accept(new CollectedPages(), arrived.SetResult));
        await using var peer = await SippPeer.StartAsync(scenario.ToString(), new SippOptions { Remote = line.LocalEndPoint.ToString() });

        var said = (await peer.ResultAsync(Limit)).EnsureSuccess();
        var received = await FinishedCall.OfAsync(await arrived.Task.WaitAsync(Limit), Limit);
        return (received, said);
    }

    private static SippScenario Up() => Calling().SendAsCaller("ACK", 1);

    private sealed record Case(OutcomeClass Class, int? Status, TrunkT38 T38, SippScenario Scenario);
}
