using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Route = Faxbot.Server.Jobs.Route;

namespace Faxbot.Server.Outbox;

/// <summary>Which plugins may carry an item: a pure function of the item, the routes and the plugins as they are now.</summary>
/// <param name="Backends">Those that are ready and not passed over, the best first.</param>
/// <param name="Candidates">The ids of all that may carry it, ready or not.</param>
/// <param name="AllPassedOver">Whether each one that is ready has failed it before.</param>
internal sealed record OutboxRoute(IReadOnlyList<IPluginBackend> Backends, IReadOnlyList<string> Candidates, bool AllPassedOver)
{
    /// <summary>For what an item waits that any plugin may carry.</summary>
    public const string Any = "*";

    /// <summary>What the row says that it waits for.</summary>
    public string WaitsFor => Candidates.Count == 0 ? Any : AwaitedTrunks.Write(Candidates);

    /// <param name="to">Who receives.</param>
    /// <param name="wanted">The plugin that its owner named.</param>
    /// <param name="plan">What earlier attempts taught.</param>
    /// <param name="routes">Those whose plugins may be of the kind's category.</param>
    /// <param name="backends">The plugins of the category.</param>
    public static OutboxRoute For(string to, string? wanted, OutboxPlan plan, IReadOnlyList<Route> routes, IReadOnlyList<IPluginBackend> backends)
    {
        var candidates = RouteChoice.Candidates(to, wanted, routes, backends.Select(backend => backend.Pin.PluginId));
        var ready = candidates.Select(id => backends.FirstOrDefault(backend => backend.Pin.PluginId == id)).OfType<IPluginBackend>().Where(backend => backend.IsReady).ToArray();
        var left = ready.Where(backend => !plan.PassedOver.Contains(backend.Pin.PluginId)).ToArray();
        return new OutboxRoute(left, candidates, left.Length == 0 && ready.Length > 0);
    }
}
