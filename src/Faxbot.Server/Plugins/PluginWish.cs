using System.Text.Json;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Plugins.Packages;

namespace Faxbot.Server.Plugins;

/// <summary>What is to run: a package with one revision of its settings. Each wish is one of its own: the same again means a fresh start.</summary>
/// <param name="package">The package; its manifest is valid.</param>
/// <param name="revision">The revision of the settings.</param>
/// <param name="settings">The settings, secrets included.</param>
/// <param name="limits">What the operator lets it take at a time.</param>
internal sealed class PluginWish(PluginPackage package, long revision, JsonElement settings, BackendLimits limits)
{
    public PluginPackage Package => package;

    public PluginManifest Manifest { get; } = package.Manifest ?? throw new ArgumentException("The manifest is not valid.", nameof(package));

    public JsonElement Settings => settings;

    public BackendLimits Limits => limits;

    public PluginPin Pin { get; } = new(package.Id, package.Version, revision);

    /// <summary>Whether the other means the same files and settings.</summary>
    public bool IsSameAs(PluginWish? other) => other is not null && Pin == other.Pin && package.Sha512 == other.Package.Sha512 && package.Folder == other.Package.Folder;
}
