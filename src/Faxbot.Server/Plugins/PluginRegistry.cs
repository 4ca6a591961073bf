using Faxbot.Sdk.Manifests;
using Faxbot.Server.Plugins.Install;

namespace Faxbot.Server.Plugins;

/// <summary>What is installed, and what the sources offer.</summary>
internal sealed class PluginRegistry(PluginFleet fleet, PackageFeeds feeds)
{
    /// <summary>All that is installed.</summary>
    public IReadOnlyList<RegistryEntry> Installed() => [.. fleet.List().Select(plugin => new RegistryEntry(plugin.Id, plugin.Version)
    {
        IsInstalled = true,
        IsBuiltIn = plugin.IsBuiltIn,
        Package = plugin.Package,
        Source = plugin.Source,
        Name = plugin.Manifest?.Name,
        Description = plugin.Manifest?.Description,
        Author = plugin.Manifest?.Author,
        Sha512 = plugin.Sha512,
        Manifest = plugin.Manifest,
        Problems = plugin.Problems,
        Status = plugin.Status,
    })];

    /// <summary>What is installed, or offered by a source, and fits some words. A source that does not answer is left out.</summary>
    public async Task<IReadOnlyList<RegistryEntry>> SearchAsync(string words, CancellationToken cancel)
    {
        var installed = Installed();
        var offers = await Task.WhenAll(feeds.All.Select(feed => OffersAsync(feed, words, cancel)));
        var news = offers.SelectMany(offer => offer).DistinctBy(offer => offer.Id, StringComparer.OrdinalIgnoreCase)
            .Where(offer => installed.All(plugin => !offer.Id.Equals(plugin.Package, StringComparison.OrdinalIgnoreCase)))
            .Select(offer => new RegistryEntry(offer.Id, offer.Version) { Package = offer.Id, Source = offer.Source, Description = offer.Description, Author = offer.Authors });
        return [.. installed.Where(plugin => $"{plugin.Id} {plugin.Package} {plugin.Name} {plugin.Description}".Contains(words, StringComparison.OrdinalIgnoreCase)), .. news];
    }

    private static async Task<IReadOnlyList<OfferedPackage>> OffersAsync(IPackageFeed feed, string words, CancellationToken cancel)
    {
        try
        {
            return await feed.SearchAsync(words, cancel);
        }
        catch (PluginInstallException unreachable) when (unreachable.Failure == InstallFailure.Unreachable)
        {
            return [];
        }
    }
}

/// <summary>A plugin that is installed, or a package that could be.</summary>
/// <param name="Id">The plugin's id; of what is not installed the package's, by which it is installed.</param>
/// <param name="Version">The version that is installed, or the newest that is offered.</param>
internal sealed record RegistryEntry(string Id, string Version)
{
    public bool IsInstalled { get; init; }

    public bool IsBuiltIn { get; init; }

    /// <summary>The NuGet package.</summary>
    public string? Package { get; init; }

    /// <summary>The feed or folder that it came or would come from.</summary>
    public string? Source { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    /// <summary>Of the installed file set.</summary>
    public string? Sha512 { get; init; }

    public PluginManifest? Manifest { get; init; }

    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>How it is at the moment; null when it is not installed.</summary>
    public PluginStatus? Status { get; init; }
}
