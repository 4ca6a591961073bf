using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.PluginHost.Loading;

/// <summary>A plugin out of its package.</summary>
internal sealed record LoadedPlugin(PluginManifest Manifest, Plugin Plugin);

/// <summary>Finds the one plugin class of a package and makes it, once its manifest agrees with it.</summary>
internal static class PackageLoader
{
    private const string Contract = "Faxbot.Sdk";

    private static readonly Type[] OfTrunks = [typeof(SipFaxPlugin), typeof(SipMessagePlugin), typeof(SipVoicePlugin)];

    /// <exception cref="PackageRefusedException">The package does not hold what its manifest says.</exception>
    public static LoadedPlugin Load(string folder)
    {
        var manifest = ReadManifest(folder);
        var type = FindClass(folder) ?? TrunkClass(folder, manifest);
        var differences = CapabilityAgreement.Check(manifest, type);
        if (differences.Count > 0) throw new PackageRefusedException(string.Join(' ', differences));
        try
        {
            return new LoadedPlugin(manifest, (Plugin)Activator.CreateInstance(type)!);
        }
        catch (MissingMethodException)
        {
            throw new PackageRefusedException($"{type.Name} has no public constructor without parameters.");
        }
        catch (TargetInvocationException e)
        {
            throw new PackageRefusedException($"The constructor of {type.Name} throws {e.InnerException?.GetType().Name}: move that work to StartAsync.");
        }
    }

    private static PluginManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, ManifestValidator.FileName);
        if (!File.Exists(path)) throw new PackageRefusedException($"The package has no {ManifestValidator.FileName}.");
        var read = ManifestValidator.Validate(File.ReadAllText(path));
        return read.Manifest ?? throw new PackageRefusedException(string.Join(' ', read.Problems));
    }

    // A trunk that needs no code of its own is served by the class of this library that fits its category.
    private static Type TrunkClass(string folder, PluginManifest manifest) =>
        File.Exists(Path.Combine(folder, TrunkTemplate.FileName)) && Array.Find(OfTrunks, type => CapabilityTypes.Find(manifest.Categories[0])?.PluginClass.IsAssignableFrom(type) == true) is { } found
            ? found
            : throw new PackageRefusedException(
                $"No assembly of the package has a public class that derives from {string.Join(" or ", CapabilityTypes.All.Select(type => type.PluginClass.Name).Distinct())}, and it has no {TrunkTemplate.FileName}.");

    private static Type? FindClass(string folder)
    {
        var context = new PackageLoadContext(folder);
        Type[] found;
        try
        {
            found = [.. Directory.EnumerateFiles(folder, "*.dll").Where(UsesContract).Order(StringComparer.Ordinal).SelectMany(path => Classes(context, path))];
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new PackageRefusedException($"Its assemblies cannot be loaded: {Reason(e)}");
        }

        return found switch
        {
            [var one] => one,
            [] => null,
            _ => throw new PackageRefusedException($"The package has several plugin classes ({string.Join(", ", found.Select(type => type.Name))}): a package holds one."),
        };
    }

    private static IEnumerable<Type> Classes(PackageLoadContext context, string path) =>
        context.LoadFromAssemblyPath(path).GetExportedTypes().Where(type => type is { IsAbstract: false, IsClass: true } && typeof(Plugin).IsAssignableFrom(type));

    private static string Reason(Exception e) => e is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first.Message : e.Message;

    // Read from its metadata: of what has nothing to do with plugins, nothing is loaded.
    private static bool UsesContract(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return false;
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, Contract));
    }
}
