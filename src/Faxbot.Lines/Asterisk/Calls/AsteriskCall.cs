using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>Runs the machine of one call: it is told what its server says, and does with the server what the machine wants done.</summary>
internal sealed class AsteriskCall(ServerLink link, CallFeed feed, CallMachine machine, FaxCall call, int pagesTotal, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Whether the call may go on in Asterisk although it has its outcome, so that its pages may still be read.</summary>
    public bool MayGoOn { get; private set; }

    /// <summary>Runs it to its end.</summary>
    /// <param name="first">What the machine is told at the beginning; null where nothing is.</param>
    /// <param name="cancel">Ends the call in order.</param>
    public async Task<FaxOutcome> RunAsync(CallInput? first, CancellationToken cancel)
    {
        using var cancelling = cancel.Register(() => feed.Tell(new CallInput.Cancel()));
        if (first is not null) machine.Handle(first, time.GetUtcNow());
        while (true)
        {
            if (await DrainAsync() is { } outcome) return outcome;
            feed.FaxingChannel = machine.IsFaxing ? machine.Channel : null;
            if (!await WaitAsync()) return Closed();
            while (feed.Inputs.TryRead(out var input)) machine.Handle(input, time.GetUtcNow());
            machine.Handle(new CallInput.Tick(), time.GetUtcNow());
        }
    }

    private async Task<FaxOutcome?> DrainAsync()
    {
        while (machine.TryTake(out var output))
        {
            switch (output)
            {
                case CallOutput.Report report: call.Report(report.Event); break;
                // Where Asterisk does not hear it, the machine asks again later.
                case CallOutput.HangUp: await HangUpAsync(); break;
                case CallOutput.LookUp: machine.Handle(new CallInput.Found(await link.LookUpAsync(feed.AttemptId)), time.GetUtcNow()); break;
                case CallOutput.End end:
                    MayGoOn = machine.MayGoOn;
                    return end.Outcome;
            }
        }

        return null;
    }

    private Task<AmiResult> HangUpAsync() =>
        link.AskAsync(new AmiAction("Hangup").With("Channel", Origination.ChannelIdOf(feed.AttemptId)).With("Cause", "16"));

    // False when the line is closed.
    private async Task<bool> WaitAsync()
    {
        var wait = machine.Deadline is { } deadline && deadline - time.GetUtcNow() is var left && left < LongestWait ? left : LongestWait;
        using var due = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
        try
        {
            return await feed.Inputs.WaitToReadAsync(due.Token);
        }
        catch (OperationCanceledException) when (due.IsCancellationRequested)
        {
            return true;
        }
    }

    private FaxOutcome Closed()
    {
        MayGoOn = true;
        return AsteriskOutcomes.Unknown("This side stopped while the call was up; it goes on in Asterisk.", machine.IsFaxing, 0, pagesTotal);
    }
}
