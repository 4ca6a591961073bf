using System.Runtime.InteropServices;
using NuGet.Client;
using NuGet.ContentModel;
using NuGet.RuntimeModel;

namespace Faxbot.Server.Plugins.Install;

/// <summary>Which files of a package run on this machine: its assemblies for net10.0, and native libraries, by NuGet's own conventions.</summary>
internal static class PackageAssets
{
    private static readonly ManagedCodeConventions Conventions = new(Runtimes());
    private static readonly SelectionCriteria Criteria = Conventions.Criteria.ForFrameworkAndRuntime(FetchedPackage.Framework, RuntimeInformation.RuntimeIdentifier);

    // What NuGet and MSBuild alone look at; all else in a plugin's package is the plugin's.
    private static readonly string[] ForNuGet =
        ["lib/", "ref/", "runtimes/", "build/", "buildTransitive/", "buildMultiTargeting/", "analyzers/", "contentFiles/", "tools/", "_rels/", "package/"];

    /// <summary>The assemblies and native libraries.</summary>
    /// <exception cref="PluginInstallException">It has assemblies, and none for net10.0.</exception>
    public static IReadOnlyList<string> Binaries(FetchedPackage package, PackageArchive archive)
    {
        var content = new ContentItemCollection();
        content.Load(archive.Files);
        var assemblies = content.FindBestItemGroup(Criteria, Conventions.Patterns.RuntimeAssemblies);
        if (assemblies is null && archive.Files.Any(path => path.StartsWith("lib/", StringComparison.OrdinalIgnoreCase) && path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
            throw PluginInstallException.Refused($"{package.Name} has no assemblies for {FetchedPackage.Framework.GetShortFolderName()} on {RuntimeInformation.RuntimeIdentifier}.");
        var native = content.FindBestItemGroup(Criteria, Conventions.Patterns.NativeLibraries);
        return [.. Paths(assemblies).Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)), .. Paths(native)];
    }

    /// <summary>What else is in a plugin's package: its manifest, icon, profiles, programs in other languages.</summary>
    public static IEnumerable<string> Others(PackageArchive archive) => archive.Files.Where(path =>
        !ForNuGet.Any(folder => path.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
        && path is not ("[Content_Types].xml" or ".signature.p7s") && !(path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal)));

    private static IEnumerable<string> Paths(ContentItemGroup? group) => group?.Items.Select(item => item.Path) ?? [];

    // linux-x64 takes what is for linux, for unix and for any system.
    private static RuntimeGraph Runtimes()
    {
        var own = RuntimeInformation.RuntimeIdentifier;
        var system = own[..own.IndexOf('-', StringComparison.Ordinal)];
        string[] chain = system == "win" ? [own, system, "any"] : [own, system, "unix", "any"];
        return new RuntimeGraph(chain.Select((runtime, at) => new RuntimeDescription(runtime, chain[(at + 1)..].Take(1))));
    }
}
