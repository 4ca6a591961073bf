using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>A package as it lies on the disk.</summary>
/// <param name="Id">The manifest's id; where it cannot be read, the folder's name.</param>
/// <param name="Folder">Absolute path.</param>
/// <param name="IsBuiltIn">Whether it came with the gateway.</param>
/// <param name="Sha512">Of its file set, in hexadecimal.</param>
/// <param name="Manifest">Null when it is not valid.</param>
/// <param name="Problems">What is wrong, and warnings.</param>
internal sealed record PluginPackage(
    string Id, string Folder, bool IsBuiltIn, string Sha512, PluginManifest? Manifest, IReadOnlyList<ManifestProblem> Problems)
{
    private const string NoVersion = "0.0.0";

    /// <summary>What the lock file says of it; null when the gateway did not install it.</summary>
    public LockedPlugin? Locked { get; init; }

    public string Version => Locked?.Current ?? Manifest?.Version ?? NoVersion;

    /// <summary>What the lock file says of the version that runs.</summary>
    public LockedVersion? LockedVersion => Locked?.Versions.GetValueOrDefault(Locked.Current);

    /// <summary>Looks at the files of an installed package, and says what is not as it was installed and what to do; null when all is.</summary>
    public string? FindAlteration() => LockedVersion is { } version && FileSeals.Difference(Folder, version.Files) is { } difference
        ? $"Its package was altered on disk: {difference}. It does not start; install it again: faxbot plugin install {Locked!.Package} --version {Locked.Current}"
        : null;
}
