using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>A package that was fetched, looked at and verified; nothing of it is in use yet.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Sha512">Of the file, in hexadecimal.</param>
/// <param name="Signer">The fingerprint of the certificate that it is signed with; null when it is not.</param>
/// <param name="Nuspec">What it says of itself.</param>
internal sealed record FetchedPackage(string Path, string Source, string Sha512, string? Signer, NuspecReader Nuspec)
{
    /// <summary>The framework that plugins run on.</summary>
    public static NuGetFramework Framework { get; } = NuGetFramework.Parse("net10.0");

    public string Id => Nuspec.GetId();

    public NuGetVersion Version => Nuspec.GetVersion();

    /// <summary>For messages.</summary>
    public string Name => $"{Id} {Version.ToNormalizedString()}";

    /// <summary>Whether it says that it is a plugin.</summary>
    public bool IsPlugin => Nuspec.GetPackageTypes().Any(type => type.Name.Equals(PackageType.Plugin, StringComparison.OrdinalIgnoreCase));

    /// <summary>What it needs on <see cref="Framework"/>.</summary>
    public IReadOnlyList<(string Id, VersionRange Range)> Dependencies { get; } =
        [.. (NuGetFrameworkUtility.GetNearest(Nuspec.GetDependencyGroups(), Framework)?.Packages ?? []).Select(dependency => (dependency.Id, dependency.VersionRange))];
}
