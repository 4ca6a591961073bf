using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// Finds the packages that a plugin needs, for net10.0: of each the lowest version that satisfies all who need it, as NuGet does it. What the gateway
/// provides must satisfy them as it is.
/// </summary>
internal sealed class DependencyResolution(PackageFetch fetch, ProvidedPackages provided)
{
    // Each round settles a level of the graph at least; what is still changing then goes in circles.
    private const int MostRounds = 50;

    /// <returns>All that must be installed beside <paramref name="root"/>, in order of their ids.</returns>
    /// <exception cref="PluginInstallException">There are no versions that satisfy all.</exception>
    public async Task<IReadOnlyList<FetchedPackage>> ResolveAsync(FetchedPackage root, CancellationToken cancel)
    {
        Dictionary<string, FetchedPackage> chosen = new(StringComparer.OrdinalIgnoreCase);
        for (var round = 0; round < MostRounds; round++)
        {
            var needs = Needs(root, chosen);
            var next = await ChooseAsync(root, needs, cancel);
            if (next.Count == chosen.Count && next.All(one => chosen.GetValueOrDefault(one.Key) == one.Value)) return [.. next.OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase).Select(one => one.Value)];
            chosen = next;
        }

        throw PluginInstallException.Refused($"What {root.Name} needs goes in circles and cannot be settled.");
    }

    // Who needs what, as far as it can be reached from the root by what is chosen now.
    private static Dictionary<string, List<Need>> Needs(FetchedPackage root, Dictionary<string, FetchedPackage> chosen)
    {
        Dictionary<string, List<Need>> needs = new(StringComparer.OrdinalIgnoreCase);
        Queue<FetchedPackage> open = new([root]);
        while (open.TryDequeue(out var package))
        {
            foreach (var (id, range) in package.Dependencies)
            {
                if (!needs.TryGetValue(id, out var of)) needs[id] = of = [];
                of.Add(new Need(package.Name, range));
                if (of.Count == 1 && chosen.TryGetValue(id, out var next)) open.Enqueue(next);
            }
        }

        return needs;
    }

    private async Task<Dictionary<string, FetchedPackage>> ChooseAsync(FetchedPackage root, Dictionary<string, List<Need>> needs, CancellationToken cancel)
    {
        Dictionary<string, FetchedPackage> chosen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, of) in needs)
        {
            if (provided.Find(id) is { } there) CheckProvided(id, there, of);
            else if (id.Equals(root.Id, StringComparison.OrdinalIgnoreCase)) throw PluginInstallException.Refused($"{of[0].By} needs {id}, the plugin itself.");
            else chosen[id] = await fetch.FetchAsync(id, await LowestAsync(id, of, cancel), cancel);
        }

        return chosen;
    }

    private async Task<NuGetVersion> LowestAsync(string id, List<Need> needs, CancellationToken cancel)
    {
        IReadOnlyList<NuGetVersion> versions;
        try
        {
            versions = await fetch.VersionsAsync(id, cancel);
        }
        catch (PluginInstallException missing) when (missing.Failure == InstallFailure.NotFound)
        {
            throw PluginInstallException.Refused($"{needs[0].By} needs {id}. {missing.Message}");
        }

        return versions.Where(version => needs.All(need => need.Range.Satisfies(version))).Min()
            ?? throw PluginInstallException.Refused($"No version of {id} satisfies all who need it: {string.Join(", ", needs)}. There are {string.Join(", ", versions.Order())}.");
    }

    private static void CheckProvided(string id, NuGetVersion there, List<Need> needs)
    {
        if (needs.FirstOrDefault(need => !need.Range.Satisfies(there)) is { } unmet)
            throw PluginInstallException.Refused($"{unmet.By} needs {id} {unmet.Range.PrettyPrint()}, and this gateway has {there}: install another version of the plugin or of the gateway.");
    }

    private sealed record Need(string By, VersionRange Range)
    {
        public override string ToString() => $"{By} needs {Range.PrettyPrint()}";
    }
}
