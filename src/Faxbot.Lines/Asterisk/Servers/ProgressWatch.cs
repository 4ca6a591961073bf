using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>Asks Asterisk how far the fax sessions of calls are, as it reports that to nobody who does not ask.</summary>
internal sealed class ProgressWatch(AmiClient client, Func<IReadOnlyList<CallFeed>> faxing, TimeProvider time)
{
    /// <summary>Asks until it is told to stop.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var calls = faxing();
            if (calls.Count > 0 && !stop.IsCancellationRequested) await AskAsync(calls);
        }
    }

    private async Task AskAsync(IReadOnlyList<CallFeed> calls)
    {
        var sessions = await client.AskAsync(new AmiAction("FAXSessions"), AmiFollow.List);
        var numbers = sessions.Events.Where(item => item.Event == "FAXSessionsEntry").GroupBy(item => item["Channel"]).ToDictionary(group => group.Key, group => group.First()["SessionNumber"]);
        await Task.WhenAll(calls.Select(async call =>
        {
            if (call.FaxingChannel is not { } channel || !numbers.TryGetValue(channel, out var number) || !AmiAction.CanSend("SessionNumber", number)) return;
            var session = await client.AskAsync(new AmiAction("FAXSession").With("SessionNumber", number), AmiFollow.Event);
            if (session.Events is [var progress, ..]) call.Tell(new CallInput.Happened(progress));
        }));
    }
}
