using System.Text.Json;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// What the program that runs plugins shares with them: Faxbot.Sdk and what that is made of. It is never installed; a plugin must get along with the
/// versions that are there.
/// </summary>
internal sealed class ProvidedPackages
{
    private const string Contract = "Faxbot.Sdk";
    private readonly Dictionary<string, NuGetVersion> _versions = new(StringComparer.OrdinalIgnoreCase);

    private ProvidedPackages(JsonElement target)
    {
        var libraries = target.EnumerateObject().Select(library => (Name: library.Name.Split('/'), library.Value)).ToDictionary(library => library.Name[0], library => (Version: library.Name[1], library.Value));
        Add(Contract, libraries);
    }

    /// <summary>Reads it off the program's own list of what it is made of.</summary>
    /// <param name="hostPath">The program.</param>
    public static ProvidedPackages Of(string hostPath)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(hostPath, ".deps.json")));
        var name = list.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        return new ProvidedPackages(list.RootElement.GetProperty("targets").GetProperty(name));
    }

    /// <summary>The version that is there; null when a plugin must bring its own.</summary>
    public NuGetVersion? Find(string id) => _versions.GetValueOrDefault(id);

    private void Add(string id, Dictionary<string, (string Version, JsonElement Library)> libraries)
    {
        if (!libraries.TryGetValue(id, out var found) || !_versions.TryAdd(id, NuGetVersion.Parse(found.Version))) return;
        if (!found.Library.TryGetProperty("dependencies", out var dependencies)) return;
        foreach (var dependency in dependencies.EnumerateObject()) Add(dependency.Name, libraries);
    }
}
