using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faxbot.Cli.Settings;

/// <summary>One property of a plugin's settings, as the schema describes it.</summary>
/// <param name="Path">Its names from the top, with points.</param>
/// <param name="IsRequired">Whether the object that it belongs to needs it.</param>
/// <param name="Schema">Its own schema.</param>
internal sealed record SettingField(string Path, bool IsRequired, JsonElement Schema)
{
    public string? Description => Text("description");

    public bool IsSecret => Schema.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.True;

    /// <summary>Whether it is an object with properties of its own.</summary>
    public bool IsSection => Type == "object" && Schema.TryGetProperty("properties", out _);

    /// <summary>Whether it is one value that a person can type.</summary>
    public bool IsValue => Choices.Count > 0 || Type is "string" or "integer" or "number" or "boolean";

    /// <summary>What holds when nothing is said; null when nothing does.</summary>
    public string? Default => Schema.TryGetProperty("default", out var value) ? Show(value) : null;

    /// <summary>The values that it may have; none when the schema lists none.</summary>
    public IReadOnlyList<string> Choices => Schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().Select(Show)] : [];

    private string? Type => Text("type");

    /// <summary>The value that a text means: a text where the schema wants one, else what it is as JSON.</summary>
    public JsonNode? Read(string text)
    {
        if (Schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().FirstOrDefault(value => Show(value) == text) is { ValueKind: not JsonValueKind.Undefined } chosen)
        {
            return JsonValue.Create(chosen);
        }

        return Type == "string" ? JsonValue.Create(text) : Guess(text);
    }

    /// <summary>The value that a text means where no schema says so.</summary>
    public static JsonNode? Guess(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private string? Text(string name) => Schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // As the file has it: .NET would write True.
    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
