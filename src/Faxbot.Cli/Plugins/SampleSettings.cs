using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Faxbot.Cli.Plugins;

/// <summary>Settings made up from a schema: what it requires, with values that it takes.</summary>
internal static class SampleSettings
{
    private static readonly string[] Texts =
        ["sample-value", "+12125550142", "12125550142", "123456789", "12345678", "1234", "sip.example.com", "192.0.2.0/24", "00:00:10", "https://api.example.com/", "Sample"];

    /// <summary>Makes settings; the paths for which no value could be made up are added to <paramref name="missing"/>.</summary>
    public static JsonObject Make(JsonElement? schema, List<string> missing) => schema is { } given ? Object(given, "$", missing) : [];

    private static JsonObject Object(JsonElement schema, string path, List<string> missing)
    {
        JsonObject made = [];
        if (!schema.TryGetProperty("properties", out var properties)) return made;
        var required = RequiredBy(schema);
        foreach (var property in properties.EnumerateObject().Where(property => required.Contains(property.Name)))
        {
            var way = $"{path}.{property.Name}";
            if (Value(property.Value, way, missing) is { } value) made[property.Name] = value;
            else missing.Add(way);
        }

        return made;
    }

    // Where there is a choice, the first will do.
    private static HashSet<string> RequiredBy(JsonElement schema)
    {
        IEnumerable<JsonElement> places = [schema];
        foreach (var choice in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(choice, out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0) places = places.Append(choices[0]);
        }

        return [.. places.Where(place => place.TryGetProperty("required", out _)).SelectMany(place => place.GetProperty("required").EnumerateArray()).Select(name => name.GetString()!)];
    }

    private static JsonNode? Value(JsonElement schema, string path, List<string> missing)
    {
        if (schema.ValueKind != JsonValueKind.Object) return null;
        if (schema.TryGetProperty("default", out var given)) return JsonNode.Parse(given.GetRawText());
        if (schema.TryGetProperty("enum", out var words) && words.GetArrayLength() > 0) return JsonNode.Parse(words[0].GetRawText());
        return (schema.TryGetProperty("type", out var type) ? type.ToString() : "") switch
        {
            "string" => Text(schema),
            "integer" or "number" => schema.TryGetProperty("minimum", out var least) ? JsonNode.Parse(least.GetRawText()) : 1,
            "boolean" => false,
            "array" => new JsonArray(),
            "object" => Object(schema, path, missing),
            _ => null,
        };
    }

    private static JsonValue? Text(JsonElement schema)
    {
        var pattern = schema.TryGetProperty("pattern", out var written) ? written.GetString()! : "";
        var text = Texts.FirstOrDefault(text => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
        return text is null ? null : JsonValue.Create(text);
    }
}
