using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins;

/// <summary>A plugin as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version of its package.</param>
/// <param name="Sha512">Of the package's file set.</param>
/// <param name="IsBuiltIn">Whether it came with the gateway.</param>
/// <param name="Manifest">Null when it cannot be used.</param>
/// <param name="Problems">What is wrong with the package, and warnings.</param>
/// <param name="Status">How it is at the moment.</param>
internal sealed record PluginView(
    string Id, string Version, string Sha512, bool IsBuiltIn, PluginManifest? Manifest, IReadOnlyList<ManifestProblem> Problems, PluginStatus Status)
{
    /// <summary>The NuGet package that it was installed from; null when it was not.</summary>
    public string? Package { get; init; }

    /// <summary>The feed or folder that it was installed from.</summary>
    public string? Source { get; init; }

    /// <summary>The version to which it can be rolled back.</summary>
    public string? Previous { get; init; }
}
