using System.Reflection;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Content;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// Puts the files of a plugin and of what it needs into one folder, as the program that runs plugins wants it: the manifest and all assemblies at its
/// root. What .NET itself brings is left out, as types that plugin and gateway share must be the same. Not thread-safe.
/// </summary>
/// <param name="folder">It is not there yet.</param>
/// <param name="limits">How much it may hold.</param>
internal sealed class PackageLayout(string folder, PackageLimits limits)
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private readonly Dictionary<string, FetchedPackage> _broughtBy = new(StringComparer.OrdinalIgnoreCase);
    private long _octets;

    /// <summary>Whether an assembly is there that may hold the plugin's class.</summary>
    public bool HasAssembly { get; private set; }

    /// <summary>The plugin's own package.</summary>
    public void AddPlugin(FetchedPackage package)
    {
        DurableFiles.CreateFolder(folder);
        using var archive = Open(package);
        foreach (var path in PackageAssets.Others(archive)) Add(package, archive, path, path);
        foreach (var path in PackageAssets.Binaries(package, archive)) Add(package, archive, path, Path.GetFileName(path));
        HasAssembly = _broughtBy.Keys.Any(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal));
    }

    /// <summary>A package that it needs; what the plugin brings itself goes before.</summary>
    public void AddDependency(FetchedPackage package, FetchedPackage plugin)
    {
        using var archive = Open(package);
        foreach (var path in PackageAssets.Binaries(package, archive))
        {
            var name = Path.GetFileName(path);
            if (_broughtBy.TryGetValue(name, out var other))
            {
                if (other == plugin) continue;
                throw PluginInstallException.Refused($"{other.Name} and {package.Name} both bring {name}.");
            }

            Add(package, archive, path, name);
            if (IsOfFramework(name)) RemoveOldOrRefuse(package, name);
        }
    }

    /// <summary>Lets a program of the package run, where the manifest's command names one.</summary>
    public void AllowEntry(PluginManifest manifest)
    {
        if (OperatingSystem.IsWindows() || manifest.Entry is not [var program, ..]) return;
        var path = program.StartsWith("./", StringComparison.Ordinal) ? program[2..] : program;
        if (_broughtBy.ContainsKey(path)) File.SetUnixFileMode(Path.Combine(folder, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the names of all files durable.</summary>
    public void Sync()
    {
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) DurableFiles.SyncFolder(inner);
        DurableFiles.SyncFolder(folder);
    }

    private PackageArchive Open(FetchedPackage package) => new(File.OpenRead(package.Path), package.Name, limits);

    private void Add(FetchedPackage package, PackageArchive archive, string from, string to)
    {
        if (!_broughtBy.TryAdd(to, package)) throw PluginInstallException.Refused($"{package.Name} brings {to} twice.");
        var path = Path.Combine(folder, to);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _octets += archive.Extract(from, path);
        if (_octets > limits.Unpacked) throw PluginInstallException.Refused($"What is to be installed is larger than {limits.Unpacked} octets (plugins.max_unpacked).");
    }

    private static bool IsOfFramework(string name) => name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.Combine(Framework, name));

    private void RemoveOldOrRefuse(FetchedPackage package, string name)
    {
        var path = Path.Combine(folder, name);
        if (AssemblyVersion(package, path) > AssemblyVersion(package, Path.Combine(Framework, name)))
            throw PluginInstallException.Refused($"{package.Name} brings a newer {name} than the .NET of this gateway has: install another version of the plugin, or a newer gateway.");
        File.Delete(path);
        _broughtBy.Remove(name);
    }

    private static Version? AssemblyVersion(FetchedPackage package, string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version;
        }
        catch (BadImageFormatException)
        {
            throw PluginInstallException.Refused($"{package.Name} brings {Path.GetFileName(path)}, which is no assembly.");
        }
    }
}
