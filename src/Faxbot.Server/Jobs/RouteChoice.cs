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
        var candidates = Candidates(job.To.Value, job.Options.PluginId, routes, backends.Select(backend => backend.Pin.PluginId));
        var found = candidates.Select(id => backends.FirstOrDefault(backend => backend.Pin.PluginId == id)).OfType<IFaxBackend>().Where(backend => backend.IsReady).ToArray();
        var left = found.Where(backend => !job.Plan.PassedOver.Contains(backend.Pin.PluginId)).ToArray();
        return left.Length > 0 ? new RouteChoice(left) : new RouteChoice([], found.Length > 0, candidates.Count > 0 ? candidates[0] : null);
    }

    /// <summary>The plugins that may carry something to a number, the best first: the one that its owner named, or those of the routes, or all.</summary>
    public static IReadOnlyList<string> Candidates(string to, string? wanted, IReadOnlyList<Route> routes, IEnumerable<string> all)
    {
        if (wanted is not null) return [wanted];
        var enabled = routes.Select(route => route.Rule).Where(rule => rule.Enabled).ToArray();
        if (enabled.Length == 0) return WithoutRoutes(all);
        var fitting = enabled.Where(rule => to.StartsWith(rule.Prefix, StringComparison.Ordinal)).ToArray();
        var longest = fitting.Length == 0 ? 0 : fitting.Max(rule => rule.Prefix.Length);
        return
        [
            .. fitting.Where(rule => rule.Prefix.Length == longest)
                .OrderBy(rule => rule.Rank).ThenBy(rule => rule.Cost).ThenBy(rule => rule.PluginId, StringComparer.Ordinal)
                .Select(rule => rule.PluginId).Distinct(),
        ];
    }

    // Once there is one that reaches people, the sandbox carries only what is meant for it: nobody is to be told that a fax arrived which nobody got.
    private static string[] WithoutRoutes(IEnumerable<string> all)
    {
        string[] ordered = [.. all.Order(StringComparer.Ordinal)];
        return ordered is [Sandbox] ? ordered : [.. ordered.Where(id => id != Sandbox)];
    }
}
