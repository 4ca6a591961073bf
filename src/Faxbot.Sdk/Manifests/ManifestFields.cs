using System.Text.Json;

namespace Faxbot.Sdk.Manifests;

/// <summary>The fields of a manifest by the types that they should have; a field of another type is a problem and reads as absent.</summary>
internal sealed class ManifestFields(JsonElement root)
{
    private readonly List<ManifestProblem> _problems = [];

    /// <summary>All that was found so far.</summary>
    public IReadOnlyList<ManifestProblem> Problems => _problems;

    /// <summary>Whether one of them is more than a warning.</summary>
    public bool HasErrors => _problems.Exists(problem => !problem.IsWarning);

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => root.EnumerateObject().Select(one => one.Name);

    public void Refuse(string path, string wrong, string fix) => _problems.Add(new ManifestProblem(path, wrong, fix));

    public void Warn(string path, string wrong, string fix) => _problems.Add(new ManifestProblem(path, wrong, fix, IsWarning: true));

    /// <summary>A text that must be there and not empty.</summary>
    public string? RequiredText(string name, string example)
    {
        if (root.TryGetProperty(name, out _)) return Text(name);
        Refuse($"$.{name}", "It is missing.", $"Add \"{name}\": {example}.");
        return null;
    }

    /// <summary>A text, or null where there is none.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } field) return null;
        if (field.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(field.GetString())) return field.GetString();
        Refuse($"$.{name}", "It is not a text, or an empty one.", "Give a text in quotation marks.");
        return null;
    }

    /// <summary>A list of words that must be there and not empty.</summary>
    public IReadOnlyList<string>? RequiredWords(string name, string example)
    {
        if (!root.TryGetProperty(name, out _))
        {
            Refuse($"$.{name}", "It is missing.", $"Add \"{name}\": {example}.");
            return null;
        }

        var words = Words(name, example);
        if (words is not { Count: 0 }) return words;
        Refuse($"$.{name}", "It is empty.", $"Name at least one, such as {example}.");
        return null;
    }

    /// <summary>A list of words, or null where there is none.</summary>
    public IReadOnlyList<string>? Words(string name, string example)
    {
        if (Find(name) is not { } field) return null;
        if (field.ValueKind == JsonValueKind.Array && field.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String))
            return [.. field.EnumerateArray().Select(word => word.GetString()!)];
        Refuse($"$.{name}", "It is not a list of texts.", $"Write it as a list, such as {example}.");
        return null;
    }

    /// <summary>An object, or null where there is none.</summary>
    public JsonElement? Object(string name, string example)
    {
        if (Find(name) is not { } field) return null;
        if (field.ValueKind == JsonValueKind.Object) return field;
        Refuse($"$.{name}", "It is not an object.", $"Write {example}.");
        return null;
    }

    private JsonElement? Find(string name) => root.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
}
