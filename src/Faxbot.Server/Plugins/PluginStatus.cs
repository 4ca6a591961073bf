namespace Faxbot.Server.Plugins;

/// <summary>How a plugin is at the moment.</summary>
/// <param name="State">In one word.</param>
/// <param name="Reason">A sentence that says why; empty while it runs and all is well.</param>
/// <param name="Since">Since when.</param>
internal sealed record PluginStatus(PluginState State, string Reason, DateTimeOffset Since)
{
    /// <summary>What runs; null when nothing does.</summary>
    public PluginPin? Running { get; init; }

    /// <summary>Its process.</summary>
    public int? Process { get; init; }

    /// <summary>Whether it says that it could work.</summary>
    public bool IsHealthy { get; init; }

    /// <summary>Breakdowns in the span that the fuse looks at.</summary>
    public int Crashes { get; init; }
}

/// <summary>The states of a plugin.</summary>
internal enum PluginState
{
    /// <summary>It is not wanted, or its package cannot be used.</summary>
    Stopped,
    /// <summary>Its process was started and does not answer yet.</summary>
    Starting,
    /// <summary>It takes calls.</summary>
    Running,
    /// <summary>It broke down, and is started again after a pause.</summary>
    BackingOff,
    /// <summary>It broke down too often, or cannot run as it is: a person or a change of its settings is needed.</summary>
    Fused,
}
