using System.Collections.Concurrent;
using Faxbot.Lines;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines;

/// <summary>The profiles of the trunks that plugins are connected to at the moment, by plugin. Thread-safe.</summary>
internal sealed class TrunkProfiles
{
    private readonly ConcurrentDictionary<string, Connected> _byPlugin = new();

    /// <summary>All of them at this moment.</summary>
    public IReadOnlyDictionary<string, TrunkProfile> All => _byPlugin.ToDictionary(entry => entry.Key, entry => entry.Value.Trunk);

    /// <summary>A plugin's; null when it is connected to none.</summary>
    public TrunkProfile? Of(string pluginId) => _byPlugin.GetValueOrDefault(pluginId)?.Trunk;

    /// <summary>Those of plugins that take such traffic, in the order of their ids.</summary>
    public IReadOnlyList<(string PluginId, TrunkProfile Trunk)> Taking(TrunkTraffic traffic) =>
        [.. _byPlugin.Where(entry => entry.Value.Takes.HasFlag(traffic)).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value.Trunk))];

    /// <summary>A plugin has connected its trunk.</summary>
    public void Set(string pluginId, TrunkProfile trunk, TrunkTraffic takes = TrunkTraffic.Calls) => _byPlugin[pluginId] = new Connected(trunk, takes);

    /// <summary>That trunk is connected no longer; another one that the plugin connected meanwhile stays.</summary>
    public void Remove(string pluginId, TrunkProfile trunk)
    {
        if (_byPlugin.TryGetValue(pluginId, out var connected) && ReferenceEquals(connected.Trunk, trunk)) _byPlugin.TryRemove(KeyValuePair.Create(pluginId, connected));
    }

    private sealed record Connected(TrunkProfile Trunk, TrunkTraffic Takes);
}
