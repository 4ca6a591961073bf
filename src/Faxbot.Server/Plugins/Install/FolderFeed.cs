using NuGet.Packaging;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>A folder with packages (<c>*.nupkg</c>), in it or below it; nothing but the disk is needed.</summary>
internal sealed class FolderFeed(string source, PackageLimits limits) : IPackageFeed
{
    private const string Pattern = "*.nupkg", SymbolsSuffix = ".symbols.nupkg";

    public string Source => source;

    public Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<NuGetVersion>>([.. Named(id).Select(found => found.Version)]);

    public Task<Stream> OpenAsync(string id, NuGetVersion version, CancellationToken cancel)
    {
        try
        {
            return Task.FromResult<Stream>(File.OpenRead(Named(id).First(found => found.Version == version).Path));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new PluginInstallException(InstallFailure.Unreachable, $"{id} {version} in the folder {source} cannot be read: {gone.Message}");
        }
    }

    // Only what is a package of a plugin is offered; a broken file is no reason not to show the others.
    public Task<IReadOnlyList<OfferedPackage>> SearchAsync(string words, CancellationToken cancel)
    {
        var newest = Files().Select(Describe).OfType<NuspecReader>()
            .Where(nuspec => nuspec.GetPackageTypes().Any(type => type.Name.Equals(PackageType.Plugin, StringComparison.OrdinalIgnoreCase)))
            .Where(nuspec => $"{nuspec.GetId()} {nuspec.GetDescription()} {nuspec.GetTags()}".Contains(words, StringComparison.OrdinalIgnoreCase))
            .GroupBy(nuspec => nuspec.GetId(), StringComparer.OrdinalIgnoreCase)
            .Select(same => same.MaxBy(nuspec => nuspec.GetVersion())!);
        return Task.FromResult<IReadOnlyList<OfferedPackage>>(
            [.. newest.Select(nuspec => new OfferedPackage(nuspec.GetId(), nuspec.GetVersion().ToNormalizedString(), nuspec.GetDescription(), nuspec.GetAuthors(), source))]);
    }

    private NuspecReader? Describe(string path)
    {
        try
        {
            using var archive = new PackageArchive(File.OpenRead(path), Path.GetFileName(path), limits);
            return archive.Nuspec;
        }
        catch (Exception broken) when (broken is PluginInstallException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // ID.VERSION.nupkg: an id may itself end with digits and points, so it is the rest that must be a version.
    private IEnumerable<(NuGetVersion Version, string Path)> Named(string id) =>
        from path in Files()
        let name = Path.GetFileName(path)
        where name.StartsWith($"{id}.", StringComparison.OrdinalIgnoreCase)
        let version = NuGetVersion.TryParse(Path.GetFileNameWithoutExtension(name)[(id.Length + 1)..], out var parsed) ? parsed : null
        where version is not null
        select (version, path);

    private IEnumerable<string> Files() => Directory.Exists(source)
        ? Directory.EnumerateFiles(source, Pattern, new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive })
            .Where(path => !path.EndsWith(SymbolsSuffix, StringComparison.OrdinalIgnoreCase))
        : throw new PluginInstallException(InstallFailure.Unreachable, $"The folder {source} is not there: create it, or take it out of plugins.sources.");
}
