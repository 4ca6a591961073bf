using Faxbot.Lines.Asterisk.Calls;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>
/// Looks through the hand-over folder again and again: for received faxes whose event was missed, and for pages to be sent that a line which is gone
/// left behind. Pages whose call is up are left alone.
/// </summary>
internal sealed class FolderSweep(ServerLink link, TimeSpan interval, TimeProvider time)
{
    // Pages are written right before their call is placed.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);

    /// <summary>Looks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || link.Run is null) continue;
            link.Inbox?.Look();
            await SweepAsync();
        }
    }

    private async Task SweepAsync()
    {
        foreach (var attemptId in link.Folder.OldFiles(time.GetUtcNow() - Age).Where(id => Origination.IsId(id) && !link.Follows(id)))
        {
            if (await link.Record.IsAliveAsync(Origination.ChannelIdOf(attemptId)) == false) link.Folder.Delete(attemptId);
        }
    }
}
