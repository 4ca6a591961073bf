using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Lets faxes that wait for a trunk be claimed when it has room again, and those that wait for one that is not ready when plugins or routes change.</summary>
internal sealed class TrunkWakes(Database database, JobQueue queue, RouteStore routes, IFaxBackends backends, TimeProvider time)
{
    // More are let past when these have begun.
    private const int MostAtOnce = 64;
    private const int All = int.MaxValue;
    private string? _last;

    /// <param name="heading">How many faxes may be about to take a channel of that trunk.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>When a trunk may be used again that may not be used now.</returns>
    public async Task<DateTimeOffset> WakeAsync(Func<string, int> heading, CancellationToken cancel)
    {
        var next = DateTimeOffset.MaxValue;
        var awaited = await queue.AwaitedAsync(cancel);
        if (awaited.Count == 0) return next;
        var landscape = await LandscapeAsync(cancel);
        var hasChanged = landscape != Interlocked.Exchange(ref _last, landscape);
        foreach (var waitsFor in awaited)
        {
            var trunks = AwaitedTrunks.Read(waitsFor).Select(backends.Find).ToArray();
            if (hasChanged && trunks.Any(backend => backend is not { IsReady: true }))
            {
                await queue.WakeAsync(waitsFor, All, cancel);
                continue;
            }

            var room = 0;
            foreach (var backend in trunks.OfType<IFaxBackend>().Where(backend => backend.IsReady))
            {
                var (free, at) = await RoomAsync(backend, cancel);
                room += Math.Max(free - heading(backend.Pin.PluginId), 0);
                if (at > time.GetUtcNow() && at < next) next = at;
            }

            if (room > 0) await queue.WakeAsync(waitsFor, room, cancel);
        }

        return next;
    }

    private async Task<(int Free, DateTimeOffset NextCallAt)> RoomAsync(IFaxBackend backend, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var at = await TrunkGate.NextCallAsync(connection, backend.Pin.PluginId);
        if (at > time.GetUtcNow()) return (0, at);
        var free = backend.Limits.Channels is { } channels ? channels - await TrunkGate.RunningAsync(connection, null, backend.Pin.PluginId) : MostAtOnce;
        return (Math.Min(free, backend.Limits.CallsPerSecond is null ? MostAtOnce : 1), at);
    }

    // What decides whether a fax finds a route.
    private async Task<string> LandscapeAsync(CancellationToken cancel) => string.Join(
        '\n',
        backends.All.Where(backend => backend.IsReady).Select(backend => backend.Pin.PluginId).Order(StringComparer.Ordinal)
            .Concat((await routes.ListAsync(cancel)).Select(route => route.ToString())));
}
