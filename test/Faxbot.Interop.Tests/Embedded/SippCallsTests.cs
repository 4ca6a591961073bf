using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Sipp;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>sipp calls our embedded line, and does everything but fax.</summary>
public sealed class SippCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TrunkT38 AskAtOnce = new() { Switch = T38Switch.Us };
    private static readonly TrunkT38 NeverAsk = new() { Switch = T38Switch.FarEnd };

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["415 to T.38"] = new(OutcomeClass.Negotiation, 415, AskAtOnce, Up().Gets("INVITE", "m=image").Answers("415 Unsupported Media Type").Gets("ACK").IsHungUp()),
        ["488 to T.38"] = new(OutcomeClass.Negotiation, 488, AskAtOnce, Up().Gets("INVITE", "m=image").Answers("488 Not Acceptable Here").Gets("ACK").IsHungUp()),
        ["606 to T.38"] = new(OutcomeClass.Negotiation, 606, AskAtOnce, Up().Gets("INVITE", "m=image").Answers("606 Not Acceptable").Gets("ACK").IsHungUp()),
        ["audio as the answer to T.38"] = new(OutcomeClass.Negotiation, 200, AskAtOnce, Up().Gets("INVITE", "m=image").Answers("200 OK", SippScenario.Audio).Gets("ACK").IsHungUp()),
        ["BYE at once"] = new(OutcomeClass.NotFax, null, NeverAsk, Up().HangsUp()),
        ["a CANCEL that comes too late, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk, SippScenario.Calls().Accepted("m=audio").Cancels().GetsResponse(200).Acknowledges().HangsUp()),
        ["no offer"] = new(
            OutcomeClass.NotFax, null, NeverAsk, SippScenario.Calls(media: null).Accepted("m=audio").Acknowledges(SippScenario.Audio).HangsUp()),
        ["T.38 beside audio, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk, SippScenario.Calls(SippScenario.Audio + SippScenario.T38).Accepted("m=image").Acknowledges().HangsUp()),
        ["T.38 alone, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk, SippScenario.Calls(SippScenario.T38).Accepted("m=image").Acknowledges().HangsUp()),
        ["nothing that we speak"] = new(
            OutcomeClass.Negotiation, 488, NeverAsk, SippScenario.Calls("m=video [media_port] RTP/AVP 31\n").GetsResponse(488).AcknowledgesRefusal()),
        ["T.38 asked for, then audio again, then BYE"] = new(
            OutcomeClass.NotFax, null, NeverAsk,
            Up().Asks("INVITE", SippScenario.T38).GetsResponse(200, "m=image").Acknowledges()
                .Asks("INVITE", SippScenario.Audio).GetsResponse(200, "m=audio").Acknowledges().HangsUp()),
        ["a re-INVITE that overtakes the ACK"] = new(
            OutcomeClass.NotFax, null, NeverAsk,
            SippScenario.Calls().Accepted("m=audio").Asks("INVITE", SippScenario.T38).GetsResponse(200, "m=image").Acknowledges().HangsUp()),
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
        var (received, said) = await RunAsync(SippScenario.Calls().Accepted("m=audio").IsHungUp(), NeverAsk, new ScaledTimeProvider(10));

        Assert.True(received.Outcome is { Class: OutcomeClass.NotFax, Phase: OutcomePhase.Negotiate }, $"{received}");
        Assert.InRange(said.Messages.Split("SIP/2.0 200 OK").Length - 1, 5, 13);
    }

    [Fact]
    public async Task Refuses_a_call_that_is_not_wanted()
    {
        await using var line = EmbeddedLine.Open(FinishedCall.OnLoopback, TimeProvider.System, _ => new IncomingDecision.Reject(486));
        await using var peer = await SippPeer.StartAsync(
            SippScenario.Calls().GetsResponse(486).AcknowledgesRefusal().ToString(), new SippOptions { Remote = line.LocalEndPoint.ToString() });

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

    private static SippScenario Up() => SippScenario.Calls().Accepted("m=audio").Acknowledges();

    private sealed record Case(OutcomeClass Class, int? Status, TrunkT38 T38, SippScenario Scenario);
}
