using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>Lets items that wait for a plugin be claimed when it has room again, and those that wait for one that is not ready when plugins or routes change.</summary>
internal sealed class OutboxWakes(Database database, OutboxQueue queue, OutboxKinds kinds, RouteStore routes, IPluginBackends backends, TimeProvider time)
{
    private const int All = int.MaxValue;
    private string? _last;

    /// <param name="most">How many may begin at once.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>When a plugin may be used again that may not be used now.</returns>
    public async Task<DateTimeOffset> WakeAsync(int most, CancellationToken cancel)
    {
        var next = DateTimeOffset.MaxValue;
        var awaited = await queue.AwaitedAsync(cancel);
        if (awaited.Count == 0) return next;
        var ready = kinds.All.Select(kind => kind.Category).Distinct().SelectMany(backends.Of).Where(backend => backend.IsReady).DistinctBy(backend => backend.Pin.PluginId).ToArray();
        var landscape = await LandscapeAsync(ready, cancel);
        var hasChanged = landscape != Interlocked.Exchange(ref _last, landscape);
        await using var connection = await database.OpenAsync(cancel);
        foreach (var waitsFor in awaited)
        {
            if (hasChanged)
            {
                await queue.WakeAsync(waitsFor, All, cancel);
                continue;
            }

            var free = 0L;
            foreach (var backend in ready.Where(one => AwaitedTrunks.Read(waitsFor).Contains(one.Pin.PluginId)))
            {
                var room = await OutboxPace.LookAsync(connection, null, null, backend, time.GetUtcNow());
                free += room.Free;
                if (room.NextAt > time.GetUtcNow() && room.NextAt < next) next = room.NextAt;
            }

            if (free > 0) await queue.WakeAsync(waitsFor, (int)Math.Min(free, most), cancel);
        }

        return next;
    }

    // What decides whether an item finds a route.
    private async Task<string> LandscapeAsync(IEnumerable<IPluginBackend> ready, CancellationToken cancel) => string.Join(
        '\n', ready.Select(backend => backend.Pin.PluginId).Order(StringComparer.Ordinal).Concat((await routes.ListAsync(cancel)).Select(route => route.ToString())));
}
