using Faxbot.Lines.Asterisk.Calls;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>
/// Looks through the hand-over folder when the server is connected, and again and again: for received faxes whose event was missed, and for pages to be
/// sent that a line which is gone left behind. Pages whose call is up are left alone.
/// </summary>
internal sealed class FolderSweep(ServerLink link, AsteriskLineOptions options, TimeProvider time)
{
    // Pages are written right before their call is placed.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);

    /// <summary>Looks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await link.Changed.WaitAsync(options.ScanInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || link.Run is null) continue;
            link.Inbox?.Look();
            try
            {
                await SweepAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The next line looks again.
            }
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        var old = time.GetUtcNow() - Age;
        foreach (var (attemptId, written) in link.Folder.HandedOver().Where(file => Origination.IsId(file.AttemptId) && !link.Follows(file.AttemptId)))
        {
            if (options.IsOverAsync is { } isOver && await isOver(attemptId, stop)) await link.ForgetAsync(attemptId);
            else if (written < old && await link.Record.IsAliveAsync(Origination.ChannelIdOf(attemptId)) == false) link.Folder.Delete(attemptId);
        }
    }
}
