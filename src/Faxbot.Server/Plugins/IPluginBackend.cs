using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins;

/// <summary>An enabled plugin of any category, as those see it who call its capabilities. Thread-safe.</summary>
internal interface IPluginBackend
{
    /// <summary>The plugin and the very settings that it works with.</summary>
    PluginPin Pin { get; }

    PluginManifest Manifest { get; }

    /// <summary>What its provider or trunk takes at a time.</summary>
    BackendLimits Limits { get; }

    /// <summary>Whether it runs and says that it could work.</summary>
    bool IsReady { get; }

    /// <summary>Calls a capability; the parameters are named as in docs/plugins.md.</summary>
    /// <exception cref="FaxRejectedException">It surely did not take what it was to send; the outcome says why.</exception>
    /// <exception cref="PluginFailureException">The plugin does not run, or failed.</exception>
    Task<T> CallAsync<T>(string capability, Dictionary<string, object?> arguments, CancellationToken cancel);
}
