namespace Faxbot.Sdk.Manifests;

/// <summary>What <see cref="ManifestValidator"/> made of a manifest.</summary>
/// <param name="Manifest">The manifest; null when something is wrong with it.</param>
/// <param name="Problems">All that is wrong, in the order of the rules; with a manifest there are only warnings.</param>
public sealed record ManifestValidation(PluginManifest? Manifest, IReadOnlyList<ManifestProblem> Problems)
{
    /// <summary>Whether the manifest can be used.</summary>
    public bool IsValid => Manifest is not null;
}
