using Faxbot.Interop.Tests.Embedded;
using Faxbot.Interop.Tests.Network;
using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Outcomes;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>The connection to Asterisk, Asterisk itself or our line goes away in the middle of a call: what became of the fax is found all the same.</summary>
public sealed class AsteriskLineRecoveryTests(SharedAsterisk shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Calls_are_found_again_whatever_is_cut()
    {
        var far = await shared.OpenAsync();
        await using var near = await FaxingAsterisk.StartAsync();

        await Task.WhenAll(CutAndMendAsync(near, far, "99910731"), CutOverTheEndAsync(near, far, "99910732"), RestartLineAsync(near, far, "99910733"), DieAsync(far));

        Assert.Empty(near.Files("out"));
    }

    private static async Task CutAndMendAsync(FaxingAsterisk near, AsteriskLab far, string number)
    {
        await using var relay = new TcpRelay(near.Lab.AmiPort);
        await using var line = near.OpenLine(port: relay.Port);
        var fax = FaxingAsterisk.Fax(far, number);
        using var document = fax.Document;
        var call = line.Originate(fax, FaxingAsterisk.Endpoint);
        await T38Async(call);

        relay.Cut();
        relay.Mend();

        var outcome = await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2, Medium: FaxMedium.T38 }, outcome.ToString());
    }

    private static async Task CutOverTheEndAsync(FaxingAsterisk near, AsteriskLab far, string number)
    {
        await using var ami = await far.ConnectAmiAsync();
        await using var relay = new TcpRelay(near.Lab.AmiPort);
        await using var line = near.OpenLine(port: relay.Port);
        var fax = FaxingAsterisk.Fax(far, number);
        using var document = fax.Document;
        var call = line.Originate(fax, FaxingAsterisk.Endpoint);
        await T38Async(call);

        relay.Cut();
        await ami.WaitAsync(happened => happened["UserEvent"] == "LabFaxReceived" && happened["Number"] == number, Limit);
        relay.Mend();

        var outcome = await call.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2, FarIdentity: not null }, outcome.ToString());
    }

    private static async Task RestartLineAsync(FaxingAsterisk near, AsteriskLab far, string number)
    {
        var fax = FaxingAsterisk.Fax(far, number);
        using var document = fax.Document;
        FaxCall first;
        DateTimeOffset placed;
        await using (var line = near.OpenLine())
        {
            first = line.Originate(fax, FaxingAsterisk.Endpoint);
            await T38Async(first);
            placed = first.Started;
        }

        Assert.Equal(OutcomeClass.Unknown, (await first.Completion).Class);
        await using var next = near.OpenLine();
        var running = Assert.IsType<FoundCall.Running>(await FindAsync(next, fax.Reference, placed));
        var call = await FinishedCall.OfAsync(running.Call, Limit);
        Assert.True(call.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2, PagesTotal: 2 }, call.ToString());

        var ended = Assert.IsType<FoundCall.Ended>(await next.FindAsync(fax.Reference, placed, CancellationToken.None));
        Assert.True(ended.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, ended.ToString());
        await next.ForgetAsync(fax.Reference, TestContext.Current.CancellationToken);
        Assert.IsType<FoundCall.NeverPlaced>(await next.FindAsync(fax.Reference, placed + Limit, CancellationToken.None));
    }

    private static async Task DieAsync(AsteriskLab far)
    {
        await using var near = await FaxingAsterisk.StartAsync();
        await using var line = near.OpenLine();
        var (fax, ringing) = (FaxingAsterisk.Fax(far, "99910734"), FaxingAsterisk.Fax(far, "99921735"));
        using var document = fax.Document;
        using var other = ringing.Document;
        var calls = (Faxing: line.Originate(fax, FaxingAsterisk.Endpoint), Ringing: line.Originate(ringing, FaxingAsterisk.Endpoint));
        await UntilAsync(calls.Ringing, happened => happened is LineEvent.Ringing);
        await T38Async(calls.Faxing);

        await near.Lab.KillAsync();
        await near.Lab.StartAgainAsync();

        var cut = await calls.Faxing.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        var unanswered = await calls.Ringing.Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(cut is { Class: OutcomeClass.Unknown, PagesConfirmed: 0, PagesPerhapsPrinted: 2, Sentence: "Asterisk ended in the middle of the call." }, cut.ToString());
        Assert.True(unanswered is { Class: OutcomeClass.Congestion, Sentence: "Asterisk ended before the call was answered." }, unanswered.ToString());
    }

    private static Task<FoundCall> FindAsync(AsteriskLine line, string attemptId, DateTimeOffset placed) =>
        Eventually.SeesAsync(() => line.FindAsync(attemptId, placed, TestContext.Current.CancellationToken), found => found is not FoundCall.NotReachable, Limit);

    private static Task T38Async(FaxCall call) => UntilAsync(call, happened => happened is LineEvent.SwitchedToT38);

    private static async Task UntilAsync(FaxCall call, Func<LineEvent, bool> test)
    {
        using var tooLong = new CancellationTokenSource(Limit);
        await foreach (var happened in call.Events.WithCancellation(tooLong.Token))
        {
            if (test(happened.Event)) return;
        }

        Assert.Fail($"The call ended before: {await call.Completion}");
    }
}
