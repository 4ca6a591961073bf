using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>A source of packages. Each method throws <see cref="PluginInstallException"/> when the source does not answer or answers nonsense. Thread-safe.</summary>
internal interface IPackageFeed
{
    /// <summary>As the operator's configuration names it.</summary>
    string Source { get; }

    /// <summary>The versions that it has of a package; none when it does not have it.</summary>
    Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken cancel);

    /// <summary>Opens the file of a package.</summary>
    Task<Stream> OpenAsync(string id, NuGetVersion version, CancellationToken cancel);

    /// <summary>Its packages of plugins that fit some words.</summary>
    Task<IReadOnlyList<OfferedPackage>> SearchAsync(string words, CancellationToken cancel);
}

/// <summary>A plugin's package that a source has.</summary>
internal sealed record OfferedPackage(string Id, string Version, string? Description, string? Authors, string Source);
