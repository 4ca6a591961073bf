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
        var awaited = await queue.AwaitedTrunksAsync(cancel);
        if (awaited.Count == 0) return next;
        var landscape = await LandscapeAsync(cancel);
        var hasChanged = landscape != Interlocked.Exchange(ref _last, landscape);
        foreach (var (pluginId, running) in awaited)
        {
            if (backends.Find(pluginId) is not { IsReady: true } backend)
            {
                if (hasChanged) await queue.WakeTrunkAsync(pluginId, All, cancel);
                continue;
            }

            var at = await NextCallAsync(pluginId, cancel);
            if (at > time.GetUtcNow())
            {
                next = at < next ? at : next;
                continue;
            }

            var room = Math.Min((backend.Limits.Channels - running ?? MostAtOnce) - heading(pluginId), backend.Limits.CallsPerSecond is null ? MostAtOnce : 1);
            if (room > 0) await queue.WakeTrunkAsync(pluginId, room, cancel);
        }

        return next;
    }

    private async Task<DateTimeOffset> NextCallAsync(string pluginId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await TrunkGate.NextCallAsync(connection, pluginId);
    }

    // What decides whether a fax finds a route.
    private async Task<string> LandscapeAsync(CancellationToken cancel) => string.Join(
        '\n',
        backends.All.Where(backend => backend.IsReady).Select(backend => backend.Pin.PluginId).Order(StringComparer.Ordinal)
            .Concat((await routes.ListAsync(cancel)).Select(route => route.ToString())));
}
