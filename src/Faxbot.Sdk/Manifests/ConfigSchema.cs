using System.Text.Json;

namespace Faxbot.Sdk.Manifests;

/// <summary>
/// What a schema of settings must be beside a JSON Schema. Secrets are those that <c>"secret": true</c> marks: texts, and properties of objects all the
/// way up, so that where they stand is known without looking at a value. References stay inside of the schema: nothing is fetched for it.
/// </summary>
internal static class ConfigSchema
{
    private static readonly string[] SecretWords = ["password", "secret", "token", "api_key", "private_key", "credential", "auth_key"];

    /// <summary>The ways to the secrets, each as the names of the properties from the top.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> SecretPaths(JsonElement schema)
    {
        List<IReadOnlyList<string>> paths = [];
        Collect(schema, [], paths);
        return paths;
    }

    /// <summary>Settings that by their names are secrets and are not marked as such, as <c>$.api_key</c>.</summary>
    public static IEnumerable<string> UnmarkedSecrets(JsonElement schema) => Unmarked(schema, "$");

    public static void Check(ManifestFields fields, JsonElement? schema)
    {
        if (schema is not { } root) return;
        if (root.TryGetProperty("type", out var type) && !IsText(type, "object"))
            fields.Refuse("$.config_schema.type", "Settings are an object.", "Write \"type\": \"object\".");
        var secrets = SecretPaths(root).Select(path => $"$.config_schema.properties.{string.Join(".properties.", path)}").ToHashSet();
        foreach (var (path, element) in Objects(root, "$.config_schema"))
        {
            if (element.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String && !reference.GetString()!.StartsWith('#'))
                fields.Refuse($"{path}.$ref", "The reference leads out of the schema.", "Put what it means under \"$defs\", and write \"#/$defs/...\".");
            if (!IsSecret(element)) continue;
            if (!secrets.Contains(path)) fields.Refuse(path, "A secret cannot stand here.", "Make it a property of the settings, or of an object in them.");
            else if (!element.TryGetProperty("type", out type) || !IsText(type, "string")) fields.Refuse(path, "A secret is a text.", "Write \"type\": \"string\".");
        }
    }

    private static void Collect(JsonElement schema, string[] way, List<IReadOnlyList<string>> paths)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return;
        foreach (var property in properties.EnumerateObject())
        {
            if (IsSecret(property.Value)) paths.Add([.. way, property.Name]);
            else Collect(property.Value, [.. way, property.Name], paths);
        }
    }

    private static IEnumerable<string> Unmarked(JsonElement schema, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return [];
        return from property in properties.EnumerateObject()
               let way = $"{path}.{property.Name}"
               let isText = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("type", out var type) && IsText(type, "string")
               from found in isText && !IsSecret(property.Value) && SecretWords.Any(word => property.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase)) ? [way] : Unmarked(property.Value, way)
               select found;
    }

    private static IEnumerable<(string Path, JsonElement Schema)> Objects(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Objects(field.Value, $"{path}.{field.Name}")).Prepend((path, element)),
        JsonValueKind.Array => element.EnumerateArray().Index().SelectMany(item => Objects(item.Item, $"{path}[{item.Index}]")),
        _ => [],
    };

    private static bool IsSecret(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.True;

    private static bool IsText(JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);
}
