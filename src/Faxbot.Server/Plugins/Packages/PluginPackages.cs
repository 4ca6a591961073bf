using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>The packages on the disk, as they were when last looked for. Thread-safe.</summary>
internal sealed class PluginPackages(PluginOptions options)
{
    private volatile IReadOnlyList<PluginPackage> _all = [];

    /// <summary>All of them in order of their ids; what was installed takes the place of a built-in one with its id.</summary>
    public IReadOnlyList<PluginPackage> All => _all;

    public PluginPackage? Find(string pluginId) => _all.FirstOrDefault(package => package.Id == pluginId);

    /// <summary>Looks again at what is there, and reads all of it.</summary>
    public void Scan()
    {
        var installed = Read(options.PackagesFolder, isBuiltIn: false);
        var builtIn = Read(options.BuiltInFolder, isBuiltIn: true);
        _all = [.. installed.Concat(builtIn).GroupBy(package => package.Id).Select(Choose).OrderBy(package => package.Id, StringComparer.Ordinal)];
    }

    private static PluginPackage Choose(IGrouping<string, PluginPackage> same)
    {
        var first = same.First();
        var rivals = same.Skip(1).Where(package => package.IsBuiltIn == first.IsBuiltIn).Select(package => Path.GetFileName(package.Folder)).ToArray();
        if (rivals.Length == 0) return first;
        var problem = new ManifestProblem("$.id", $"The folders {Path.GetFileName(first.Folder)}, {string.Join(", ", rivals)} hold the same id.", "Remove all but one.");
        return first with { Manifest = null, Problems = [.. first.Problems, problem] };
    }

    private static IEnumerable<PluginPackage> Read(string folder, bool isBuiltIn) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Where(inner => File.Exists(Path.Combine(inner, ManifestValidator.FileName))).Select(inner => ReadOne(inner, isBuiltIn))];

    private static PluginPackage ReadOne(string folder, bool isBuiltIn)
    {
        var read = ManifestValidator.Validate(File.ReadAllText(Path.Combine(folder, ManifestValidator.FileName)));
        return new PluginPackage(read.Manifest?.Id ?? Path.GetFileName(folder), folder, isBuiltIn, PackageDigest.Of(folder), read.Manifest, read.Problems);
    }
}
