using System.Reflection;
using System.Runtime.Loader;

namespace Faxbot.PluginHost.Loading;

/// <summary>
/// The assemblies of one package. It shares with this program the contract and what that is made of; all else is the
/// package's own or the framework's, so that a package may bring any version of anything.
/// </summary>
internal sealed class PackageLoadContext(string folder) : AssemblyLoadContext("plugin")
{
    private static readonly string[] Shared = ["Faxbot.Sdk", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"];
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // How a library's name becomes a file's, where the package has no list of its own.
    private static readonly string[] NativeNames = OperatingSystem.IsWindows() ? ["{0}", "{0}.dll"] : OperatingSystem.IsMacOS() ? ["{0}", "{0}.dylib", "lib{0}.dylib"] : ["{0}", "{0}.so", "lib{0}.so"];

    // A package's own list of what it needs (deps.json), where it has one, tells native libraries and those for other platforms.
    private readonly AssemblyDependencyResolver[] _resolvers =
        [.. Directory.EnumerateFiles(folder, "*.deps.json").Select(list => $"{list[..^".deps.json".Length]}.dll").Where(File.Exists).Select(main => new AssemblyDependencyResolver(main))];

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (Shared.Contains(name)) return null;
        var path = _resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null) ?? Beside($"{name}.dll");
        if (path is not null) return LoadFromAssemblyPath(path);
        // Without this the runtime would offer what this program itself is made of.
        return File.Exists(Path.Combine(Framework, $"{name}.dll")) ? null : throw new FileNotFoundException($"The package lacks {name}.dll.", $"{name}.dll");
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null)
            ?? NativeNames.Select(name => Beside(name.Replace("{0}", unmanagedDllName, StringComparison.Ordinal))).FirstOrDefault(found => found is not null);
        return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
    }

    private string? Beside(string file) => Path.Combine(folder, file) is var path && File.Exists(path) ? path : null;
}
