namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>The servers of a line. A call goes to the one that is usable and has the smallest share of its calls taken. Thread-safe.</summary>
internal sealed class ServerPool(IReadOnlyList<ServerLink> links, TimeProvider time)
{
    public IReadOnlyList<ServerLink> Links { get; } = links;

    /// <summary>Takes a call of a server, waiting so long for one that is usable; null where none is, or none has a call left.</summary>
    /// <param name="refused">Servers that did not take the call.</param>
    /// <param name="patience">How long a usable one is waited for.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ServerLink?> TakeAsync(IReadOnlyCollection<ServerLink> refused, TimeSpan patience, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            // Before the look: what changes after it is not missed.
            Task changed = Task.WhenAny(Links.Select(link => link.Changed));
            foreach (var link in Links.Except(refused).OrderBy(link => link.Load))
            {
                if (link.TryReserve()) return link;
            }

            var left = patience - time.GetElapsedTime(start);
            // A server that is full is not waited for: how long its calls take nobody knows.
            if (left <= TimeSpan.Zero || Links.Except(refused).All(link => link.Run is not null)) return null;
            await changed.WaitAsync(left, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }
}
