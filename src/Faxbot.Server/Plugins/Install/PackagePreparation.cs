using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Plugins.Packages;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>Makes of a package in a feed a folder that can be run, looked at from all sides before anybody sees it.</summary>
internal sealed class PackagePreparation(PluginOptions options, TimeProvider time)
{
    /// <summary>Fetches, resolves, verifies and lays out.</summary>
    /// <param name="feeds">In the order in which they are asked.</param>
    /// <param name="packageId">The NuGet package.</param>
    /// <param name="version">The version; null takes the newest, and one that is no release only where there is no other.</param>
    /// <param name="stage">An empty folder to work in.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PluginInstallException">It is not taken.</exception>
    public async Task<PreparedPlugin> PrepareAsync(IReadOnlyList<IPackageFeed> feeds, string packageId, NuGetVersion? version, string stage, CancellationToken cancel)
    {
        var fetch = new PackageFetch(feeds, stage, options.Install);
        var root = await fetch.FetchAsync(packageId, Choose(packageId, await fetch.VersionsAsync(packageId, cancel), version), cancel);
        if (!root.IsPlugin) throw PluginInstallException.Refused($"{root.Name} is no plugin: its package type is not {PackageType.Plugin}.");
        var manifest = ReadManifest(root);
        var dependencies = await new DependencyResolution(fetch, ProvidedPackages.Of(options.HostPath)).ResolveAsync(root, cancel);
        var folder = Path.Combine(stage, "files");
        var layout = new PackageLayout(folder, options.Install.Limits);
        layout.AddPlugin(root);
        foreach (var dependency in dependencies) layout.AddDependency(dependency, root);
        if (manifest.Entry is null && !layout.HasAssembly && !File.Exists(Path.Combine(folder, TrunkTemplate.FileName)))
            throw PluginInstallException.Refused($"{root.Name} has nothing to run: no assembly for net10.0, no entry in its manifest, no {TrunkTemplate.FileName}.");
        layout.AllowEntry(manifest);
        layout.Sync();
        return new PreparedPlugin(manifest.Id, root.Id, root.Version.ToNormalizedString(), folder, Lock(root, dependencies, folder));
    }

    /// <summary>The version that is meant.</summary>
    public static NuGetVersion Choose(string packageId, IReadOnlyList<NuGetVersion> versions, NuGetVersion? wanted)
    {
        if (wanted is null) return versions.Where(version => !version.IsPrerelease).Max() ?? versions.Max()!;
        return versions.FirstOrDefault(version => version == wanted) ?? throw new PluginInstallException(
            InstallFailure.NotFound, $"There is no version {wanted} of {packageId}; there are {string.Join(", ", versions.Order())}.");
    }

    private PluginManifest ReadManifest(FetchedPackage root)
    {
        using var archive = new PackageArchive(File.OpenRead(root.Path), root.Name, options.Install.Limits);
        var read = ManifestValidator.Validate(archive.ReadText(ManifestValidator.FileName));
        if (read.Manifest is not { } manifest)
            throw PluginInstallException.Refused($"The manifest of {root.Name} is not valid. {string.Join(' ', read.Problems.Where(problem => !problem.IsWarning))}");
        if (manifest.Sdk is { } range && !SpokenContract.IsSpokenBy(range)) throw PluginInstallException.Refused($"{root.Name} cannot run here. {SpokenContract.Refusal(range)}");
        return manifest;
    }

    private LockedVersion Lock(FetchedPackage root, IReadOnlyList<FetchedPackage> dependencies, string folder) => new()
    {
        Source = root.Source,
        Sha512 = root.Sha512,
        FilesSha512 = PackageDigest.Of(folder),
        Files = FileSeals.Of(folder),
        Dependencies = [.. dependencies.Select(one => new LockedDependency(one.Id, one.Version.ToNormalizedString(), one.Source, one.Sha512))],
        Signer = root.Signer,
        InstalledAt = time.GetUtcNow(),
    };
}

/// <summary>A plugin that is ready to be given its place.</summary>
/// <param name="PluginId">Its id.</param>
/// <param name="Package">The NuGet package.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Folder">Its files, durable.</param>
/// <param name="Locked">What the lock file is to say.</param>
internal sealed record PreparedPlugin(string PluginId, string Package, string Version, string Folder, LockedVersion Locked);
