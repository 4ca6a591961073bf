using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>Which plugins may carry a fax: a pure function of the fax, the routes and the plugins as they are now.</summary>
/// <param name="Backends">Those that are ready, the best first; none when the fax must wait.</param>
/// <param name="AllPassedOver">Whether it waits because each one that is ready has failed it before.</param>
/// <param name="Awaited">For which plugin it waits; null for any.</param>
internal sealed record RouteChoice(IReadOnlyList<IFaxBackend> Backends, bool AllPassedOver = false, string? Awaited = null)
{
    /// <summary>The plugin that calls nobody.</summary>
    public const string Sandbox = "faxbot-sandbox";

    public static RouteChoice For(FaxJob job, IReadOnlyList<Route> routes, IReadOnlyList<IFaxBackend> backends)
    {
        var candidates = Candidates(job, routes, backends);
        var found = candidates.Select(id => backends.FirstOrDefault(backend => backend.Pin.PluginId == id)).OfType<IFaxBackend>().Where(backend => backend.IsReady).ToArray();
        var left = found.Where(backend => !job.Plan.PassedOver.Contains(backend.Pin.PluginId)).ToArray();
        return left.Length > 0 ? new RouteChoice(left) : new RouteChoice([], found.Length > 0, candidates.FirstOrDefault());
    }

    private static string[] Candidates(FaxJob job, IReadOnlyList<Route> routes, IReadOnlyList<IFaxBackend> backends)
    {
        if (job.Options.PluginId is { } wanted) return [wanted];
        var enabled = routes.Select(route => route.Rule).Where(rule => rule.Enabled).ToArray();
        if (enabled.Length == 0) return WithoutRoutes(backends);
        var fitting = enabled.Where(rule => job.To.Value.StartsWith(rule.Prefix, StringComparison.Ordinal)).ToArray();
        var longest = fitting.Length == 0 ? 0 : fitting.Max(rule => rule.Prefix.Length);
        return
        [
            .. fitting.Where(rule => rule.Prefix.Length == longest)
                .OrderBy(rule => rule.Rank).ThenBy(rule => rule.Cost).ThenBy(rule => rule.PluginId, StringComparer.Ordinal)
                .Select(rule => rule.PluginId).Distinct(),
        ];
    }

    // Once there is one that reaches people, the sandbox carries only what is meant for it: nobody is to be told that a fax arrived which nobody got.
    private static string[] WithoutRoutes(IReadOnlyList<IFaxBackend> backends)
    {
        string[] all = [.. backends.Select(backend => backend.Pin.PluginId).Order(StringComparer.Ordinal)];
        return all is [Sandbox] ? all : [.. all.Where(id => id != Sandbox)];
    }
}
