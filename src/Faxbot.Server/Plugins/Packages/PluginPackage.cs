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

    public string Version => Manifest?.Version ?? NoVersion;
}
