using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins;

/// <summary>An enabled plugin that sends faxes, as those see it who dispatch them. Thread-safe.</summary>
internal interface IFaxBackend
{
    /// <summary>The plugin and the very settings that a fax is sent with.</summary>
    PluginPin Pin { get; }

    PluginManifest Manifest { get; }

    /// <summary>What its provider or trunk takes at a time.</summary>
    BackendLimits Limits { get; }

    /// <summary>Whether it runs and says that it could work.</summary>
    bool IsReady { get; }

    /// <exception cref="FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    /// <exception cref="PluginFailureException">It cannot be told whether it was taken, unless the failure says that the plugin was not called.</exception>
    Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel);

    /// <exception cref="PluginFailureException">The plugin could not say.</exception>
    Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel);

    /// <returns>Whether the wish was taken; false also where the plugin cannot cancel.</returns>
    /// <exception cref="PluginFailureException">The plugin could not say.</exception>
    Task<bool> CancelFaxAsync(FaxReference fax, CancellationToken cancel);
}

/// <summary>Which plugin, at which version, with which settings.</summary>
/// <param name="PluginId">The id in its manifest.</param>
/// <param name="Version">The version of its package.</param>
/// <param name="SettingsRevision">Rises with each change of the settings.</param>
internal sealed record PluginPin(string PluginId, string Version, long SettingsRevision);

/// <summary>What a provider or trunk takes at a time; null is no limit.</summary>
/// <param name="Channels">Faxes under way at once.</param>
/// <param name="CallsPerSecond">New ones a second.</param>
internal sealed record BackendLimits(int? Channels = null, double? CallsPerSecond = null)
{
    /// <summary>What keeps within both.</summary>
    public BackendLimits Within(BackendLimits other) => new(Least(Channels, other.Channels), Least(CallsPerSecond, other.CallsPerSecond));

    /// <summary>What is left of it beside so many calls.</summary>
    public BackendLimits Beside(int calls) => Channels is { } channels ? this with { Channels = Math.Max(0, channels - calls) } : this;

    private static T? Least<T>(T? one, T? other) where T : struct, IComparable<T> =>
        one is not { } a ? other : other is not { } b || a.CompareTo(b) < 0 ? one : other;
}
