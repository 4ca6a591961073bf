using System.Collections.Concurrent;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines;

/// <summary>The profiles of the trunks that plugins are connected to at the moment, by plugin. Thread-safe.</summary>
internal sealed class TrunkProfiles
{
    private readonly ConcurrentDictionary<string, TrunkProfile> _byPlugin = new();

    /// <summary>All of them at this moment.</summary>
    public IReadOnlyDictionary<string, TrunkProfile> All => _byPlugin.ToDictionary();

    /// <summary>A plugin's; null when it is connected to none.</summary>
    public TrunkProfile? Of(string pluginId) => _byPlugin.GetValueOrDefault(pluginId);

    /// <summary>A plugin has connected its trunk.</summary>
    public void Set(string pluginId, TrunkProfile trunk) => _byPlugin[pluginId] = trunk;

    /// <summary>That trunk is connected no longer; another one that the plugin connected meanwhile stays.</summary>
    public void Remove(string pluginId, TrunkProfile trunk) => _byPlugin.TryRemove(KeyValuePair.Create(pluginId, trunk));
}
