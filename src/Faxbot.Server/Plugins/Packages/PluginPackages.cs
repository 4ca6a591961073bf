using Faxbot.Sdk.Manifests;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>The packages on the disk, as they were when last looked for. Thread-safe.</summary>
internal sealed class PluginPackages(PluginOptions options)
{
    private volatile IReadOnlyList<PluginPackage> _all = [];

    /// <summary>All of them in order of their ids; what was installed or put there by hand takes the place of a built-in one with its id.</summary>
    public IReadOnlyList<PluginPackage> All => _all;

    public PluginPackage? Find(string pluginId) => _all.FirstOrDefault(package => package.Id == pluginId);

    /// <summary>Looks again at what is there, and reads all of it.</summary>
    public void Scan()
    {
        var installed = ReadLocked().Concat(Read(options.PackagesFolder, isBuiltIn: false));
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

    // Without the lock file nobody knows what was installed: each plugin says so, and none of them starts.
    private IEnumerable<PluginPackage> ReadLocked()
    {
        try
        {
            return [.. PluginLock.Read(options.LockFile).Plugins.Select(plugin => ReadLocked(plugin.Key, plugin.Value))];
        }
        catch (InvalidDataException broken)
        {
            var problem = new ManifestProblem(Path.GetFileName(options.LockFile), broken.Message, "");
            return Directory.Exists(options.InstalledFolder)
                ? [.. Directory.EnumerateDirectories(options.InstalledFolder).Select(folder => new PluginPackage(Path.GetFileName(folder), folder, false, "", null, [problem]))]
                : [];
        }
    }

    private PluginPackage ReadLocked(string pluginId, LockedPlugin locked)
    {
        var package = new PluginPackage(
            pluginId, options.InstalledVersionFolder(pluginId, locked.Current), IsBuiltIn: false, locked.Versions.GetValueOrDefault(locked.Current)?.FilesSha512 ?? "", null, []) { Locked = locked };
        if (package.FindAlteration() is { } alteration) return package with { Problems = [new ManifestProblem("$", alteration, "")] };
        var read = ManifestValidator.Validate(File.ReadAllText(Path.Combine(package.Folder, ManifestValidator.FileName)));
        return package with { Manifest = read.Manifest, Problems = read.Problems };
    }

    private static IEnumerable<PluginPackage> Read(string folder, bool isBuiltIn) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Where(inner => File.Exists(Path.Combine(inner, ManifestValidator.FileName))).Select(inner => ReadOne(inner, isBuiltIn))];

    /// <summary>Reads the package in a folder that has a manifest.</summary>
    public static PluginPackage ReadOne(string folder, bool isBuiltIn)
    {
        var read = ManifestValidator.Validate(File.ReadAllText(Path.Combine(folder, ManifestValidator.FileName)));
        return new PluginPackage(read.Manifest?.Id ?? Path.GetFileName(folder), folder, isBuiltIn, PackageDigest.Of(folder), read.Manifest, read.Problems);
    }
}
