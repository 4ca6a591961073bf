using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Faxbot.Server.Telemetry;

/// <summary>What the gateway counts and times, under the names of <c>docs/operating.md</c>. No label tells a number, a name or a fax. Thread-safe.</summary>
internal static class GatewayMeter
{
    /// <summary>The name of meter and trace source.</summary>
    public const string Name = "Faxbot";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Transitions =
        Meter.CreateCounter<long>("faxbot.job.transitions", "{transition}", "Faxes that came into a state, by state and class of outcome.");

    private static readonly Counter<long> ItemTransitions =
        Meter.CreateCounter<long>("faxbot.outbox.transitions", "{transition}", "Messages and other items that came into a state, by kind, state and class of outcome.");

    // From a call on loopback to a page of dense pictures at 2400 bit/s.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.1, 0.3, 1, 3, 6, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 1800] };

    private static readonly Histogram<double> Phases =
        Meter.CreateHistogram("faxbot.call.phase.duration", "s", "Time in a phase of a call: dial, negotiate, train.", [], Seconds);

    private static readonly Histogram<double> Pages =
        Meter.CreateHistogram("faxbot.page.duration", "s", "Time from the beginning of a page to its confirmation.", [], Seconds);

    private static readonly Counter<long> Restarts =
        Meter.CreateCounter<long>("faxbot.plugin.restarts", "{restart}", "Processes of plugins that ended by themselves, by plugin.");

    /// <summary>Where traces of calls begin.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    public static void JobMoved(string state, string? outcomeClass) => Transitions.Add(1, new("state", state), new("class", outcomeClass ?? "none"));

    public static void ItemMoved(string kind, string state, string? outcomeClass) =>
        ItemTransitions.Add(1, new("kind", kind), new("state", state), new("class", outcomeClass ?? "none"));

    public static void PhaseOver(string phase, TimeSpan duration) => Phases.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("phase", phase));

    public static void PageConfirmed(TimeSpan duration) => Pages.Record(duration.TotalSeconds);

    public static void PluginBrokeDown(string pluginId) => Restarts.Add(1, new KeyValuePair<string, object?>("plugin", pluginId));
}
