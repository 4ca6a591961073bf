namespace Faxbot.Server.Plugins;

/// <summary>One process of a plugin from its start to its end, as those see it who serve it. Thread-safe.</summary>
/// <param name="pluginId">Whose process it is.</param>
/// <param name="categories">What the plugin is, by its manifest.</param>
/// <param name="ended">Cancelled when the process has ended.</param>
internal sealed class PluginSession(string pluginId, IReadOnlyList<string> categories, CancellationToken ended)
{
    private volatile BackendLimits _limits = new();
    private volatile Func<int> _countCallsIn = () => 0;

    public string PluginId => pluginId;

    public IReadOnlyList<string> Categories => categories;

    public CancellationToken Ended => ended;

    /// <summary>What the trunk takes at a time that the process is connected to.</summary>
    public BackendLimits Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>Counts the calls that are up now and came in over that trunk: they take channels too.</summary>
    public Func<int> CountCallsIn
    {
        get => _countCallsIn;
        set => _countCallsIn = value;
    }
}
