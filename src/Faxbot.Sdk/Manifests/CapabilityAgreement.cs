using System.Reflection;

namespace Faxbot.Sdk.Manifests;

/// <summary>
/// Whether what a manifest declares and what the plugin's class implements are the same. A method counts as implemented when a class of the package
/// overrides it. What a class of this library overrides for all that derive from it (<see cref="Trunks.SipFaxPlugin"/> can cancel) may be
/// declared, and need not be.
/// </summary>
public static class CapabilityAgreement
{
    /// <summary>The differences, none when they agree; each says which line to change.</summary>
    /// <param name="manifest">A valid manifest.</param>
    /// <param name="pluginClass">The class of the package that derives from <see cref="Plugins.Plugin"/>.</param>
    public static IReadOnlyList<ManifestProblem> Check(PluginManifest manifest, Type pluginClass)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(pluginClass);
        List<ManifestProblem> problems = [.. WrongBase(manifest, pluginClass)];
        if (problems.Count > 0) return problems;
        foreach (var (capability, category) in Possible(pluginClass))
        {
            var declared = manifest.Capabilities.Contains(capability.Name);
            var author = Author(pluginClass, capability);
            if (declared && author == MethodAuthor.Nobody)
            {
                problems.Add(new ManifestProblem("$.capabilities", $"\"{capability.Name}\" is declared, but {pluginClass.Name} does not implement it.",
                    $"Override {capability.Method} in {pluginClass.Name}, or take \"{capability.Name}\" out of $.capabilities."));
            }
            else if (!declared && author == MethodAuthor.Package)
            {
                var also = manifest.Categories.Contains(category) ? "" : $" and \"{category}\" to $.categories";
                problems.Add(new ManifestProblem($"{pluginClass.Name}.{capability.Method}", $"It is overridden, but \"{capability.Name}\" is not declared.",
                    $"Add \"{capability.Name}\" to $.capabilities{also}, or remove the override."));
            }
        }

        return problems;
    }

    private static IEnumerable<ManifestProblem> WrongBase(PluginManifest manifest, Type pluginClass) =>
        from category in manifest.Categories
        let expected = CapabilityTypes.Find(category)?.PluginClass
        where expected is not null && !expected.IsAssignableFrom(pluginClass)
        select new ManifestProblem(pluginClass.Name, $"The category \"{category}\" is served by a {expected.Name}, which {pluginClass.Name} is not.",
            $"Derive {pluginClass.Name} from {expected.Name}, or correct $.categories.");

    // A capability that two categories share is looked at once, under one that the manifest may have.
    private static IEnumerable<(Capability Capability, string Category)> Possible(Type pluginClass) => CapabilityTypes.All
        .Where(type => type.PluginClass.IsAssignableFrom(pluginClass))
        .SelectMany(type => type.Capabilities.Select(capability => (capability, type.Category)))
        .DistinctBy(one => one.capability.Name);

    private static MethodAuthor Author(Type pluginClass, Capability capability)
    {
        var method = pluginClass.GetMethod(capability.Method, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new ArgumentException($"{pluginClass.Name} has no {capability.Method}.", nameof(pluginClass));
        if (method.DeclaringType == method.GetBaseDefinition().DeclaringType) return MethodAuthor.Nobody;
        return method.DeclaringType!.Assembly == typeof(CapabilityAgreement).Assembly ? MethodAuthor.Library : MethodAuthor.Package;
    }

    private enum MethodAuthor
    {
        Nobody,
        Library,
        Package,
    }
}
