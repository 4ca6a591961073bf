using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>Fetches packages from feeds into a folder, each once. Not thread-safe.</summary>
/// <param name="feeds">In the order in which they are asked: the first that has a package is its source.</param>
/// <param name="folder">Where the files are put.</param>
/// <param name="options">Limits and times.</param>
internal sealed class PackageFetch(IReadOnlyList<IPackageFeed> feeds, string folder, InstallOptions options)
{
    private readonly PackageSignatures _signatures = new(options);
    private readonly Dictionary<string, (IPackageFeed Feed, IReadOnlyList<NuGetVersion> Versions)> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FetchedPackage> _fetched = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a package in the first feed that has it.</summary>
    /// <exception cref="PluginInstallException">None has it, or one that may have it does not answer.</exception>
    public async Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken cancel)
    {
        if (_found.TryGetValue(id, out var known)) return known.Versions;
        if (!PackageIdValidator.IsValidPackageId(id)) throw new PluginInstallException(InstallFailure.NotFound, "That is no package id: such as Faxbot.Sip.Flowroute.");
        List<string> silent = [];
        foreach (var feed in feeds)
        {
            try
            {
                if (await feed.VersionsAsync(id, cancel) is not { Count: > 0 } versions) continue;
                _found[id] = (feed, versions);
                return versions;
            }
            catch (PluginInstallException unreachable) when (unreachable.Failure == InstallFailure.Unreachable)
            {
                silent.Add(unreachable.Message);
            }
        }

        if (silent.Count > 0) throw new PluginInstallException(InstallFailure.Unreachable, string.Join(' ', silent));
        throw new PluginInstallException(InstallFailure.NotFound, feeds.Count == 0
            ? "No source is configured: list feeds or folders in plugins.sources of the configuration."
            : $"No source has a package {id}; looked in {string.Join(", ", feeds.Select(feed => feed.Source))}.");
    }

    /// <summary>Fetches a version that <see cref="VersionsAsync"/> named, looks at all of it, and verifies its signature.</summary>
    public async Task<FetchedPackage> FetchAsync(string id, NuGetVersion version, CancellationToken cancel)
    {
        var key = $"{id}.{version.ToNormalizedString()}";
        if (_fetched.TryGetValue(key, out var known)) return known;
        if (_fetched.Count >= options.Limits.Packages) throw PluginInstallException.Refused($"It needs more than {options.Limits.Packages} packages.");
        var feed = _found[id].Feed;
        var path = Path.Combine(folder, $"{_fetched.Count}.nupkg");
        var name = $"{id} {version.ToNormalizedString()}";
        await DownloadAsync(feed, id, version, path, name, cancel);
        using var archive = new PackageArchive(File.OpenRead(path), name, options.Limits);
        var identity = archive.Nuspec.GetIdentity();
        if (!identity.Id.Equals(id, StringComparison.OrdinalIgnoreCase) || identity.Version != version)
            throw PluginInstallException.Refused($"{feed.Source} gave {identity.Id} {identity.Version} where {name} was asked for.");
        return _fetched[key] = new FetchedPackage(path, feed.Source, await DigestAsync(path, cancel), await _signatures.VerifyAsync(path, name, cancel), archive.Nuspec);
    }

    private async Task DownloadAsync(IPackageFeed feed, string id, NuGetVersion version, string path, string name, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.DownloadTime);
        try
        {
            await using var source = await feed.OpenAsync(id, version, limit.Token);
            await using var file = File.Create(path);
            await using var limited = new LimitedStream(file, options.Limits.Package);
            await source.CopyToAsync(limited, limit.Token);
        }
        catch (LimitExceededException)
        {
            throw PluginInstallException.Refused($"The package {name} is larger than {options.Limits.Package} octets (plugins.max_package).");
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException)
        {
            throw new PluginInstallException(InstallFailure.Unreachable, $"{feed.Source} broke off while it gave {name}: {broken.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new PluginInstallException(InstallFailure.Unreachable, $"{feed.Source} did not give {name} within {options.DownloadTime.TotalMinutes:0} minutes.");
        }
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA512.HashDataAsync(file, cancel));
    }
}
