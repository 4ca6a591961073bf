using System.Text.Json.Nodes;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>Takes secrets out of settings and puts them back. A place is a JSON pointer (RFC 6901).</summary>
internal static class SettingsSecrets
{
    /// <summary>What stands where a secret is.</summary>
    public const string Mask = "***";

    /// <summary>The pointer to a property.</summary>
    public static string Pointer(IEnumerable<string> path) => string.Concat(path.Select(name => $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

    /// <summary>Masks the texts at <paramref name="pointers"/> in <paramref name="settings"/>, and gives what stood there.</summary>
    public static Dictionary<string, string> TakeOut(JsonObject settings, IEnumerable<string> pointers)
    {
        Dictionary<string, string> taken = [];
        foreach (var pointer in pointers)
        {
            if (Find(settings, pointer) is not var (parent, name) || parent[name] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length == 0) continue;
            taken[pointer] = text;
            parent[name] = Mask;
        }

        return taken;
    }

    /// <summary>A copy of the settings with the secrets in their places.</summary>
    public static JsonObject PutBack(JsonObject masked, IReadOnlyDictionary<string, string> secrets)
    {
        var whole = (JsonObject)masked.DeepClone();
        foreach (var (pointer, secret) in secrets)
        {
            if (Find(whole, pointer) is var (parent, name)) parent[name] = secret;
        }

        return whole;
    }

    private static (JsonObject Parent, string Name)? Find(JsonObject settings, string pointer)
    {
        var names = pointer.Split('/')[1..].Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var parent = settings;
        foreach (var name in names[..^1])
        {
            if (parent[name] is not JsonObject inner) return null;
            parent = inner;
        }

        return parent.ContainsKey(names[^1]) ? (parent, names[^1]) : null;
    }
}
