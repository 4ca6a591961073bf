using System.Text.Json.Nodes;

namespace Faxbot.Cli.Settings;

/// <summary>Settings that are read and written by paths with points.</summary>
internal static class SettingsTree
{
    /// <summary>The value at a path; null when there is none.</summary>
    public static JsonNode? Find(JsonObject settings, string path)
    {
        JsonNode? at = settings;
        foreach (var name in path.Split('.')) at = (at as JsonObject)?[name];
        return at;
    }

    /// <summary>Puts a value at a path; objects on the way are made.</summary>
    /// <exception cref="BadInputException">Something else than an object stands on the way, or the path is none.</exception>
    public static void Set(JsonObject settings, string path, JsonNode? value)
    {
        var names = path.Split('.');
        if (names.Contains("")) throw new BadInputException($"{path} is no path: write it like server.host.");
        var at = settings;
        foreach (var name in names[..^1])
        {
            if (at[name] is null) at[name] = new JsonObject();
            at = at[name] as JsonObject ?? throw new BadInputException($"{path}: {name} is no object.");
        }

        at[names[^1]] = value;
    }
}
