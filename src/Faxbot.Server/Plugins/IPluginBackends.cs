namespace Faxbot.Server.Plugins;

/// <summary>The enabled plugins of each category, as they are now. Thread-safe.</summary>
internal interface IPluginBackends
{
    /// <summary>Those of a category, those that are not ready included.</summary>
    IReadOnlyList<IPluginBackend> Of(string category);

    /// <summary>Whether a plugin is, or may yet turn out to be, of that category: false only for one that is known to be of others.</summary>
    bool MayBeOf(string pluginId, string category);
}
