using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk.Plugins;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>Settings against a manifest's schema, as the gateway looks at them before the plugin does.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong with settings.</summary>
    public static async Task<IReadOnlyList<ConfigProblem>> ValidateAsync(JsonElement? schema, string settings)
    {
        if (schema is not { } given) return [];
        var rules = await JsonSchema.FromJsonAsync(given.GetRawText()).ConfigureAwait(false);
        return [.. rules.Validate(settings).SelectMany(Innermost).Select(error => new ConfigProblem($"$.{(error.Path ?? "").TrimStart('#', '/')}".TrimEnd('.'), error.Kind.ToString()))];
    }

    /// <summary>The required settings, each as the names of the properties from the top.</summary>
    public static IEnumerable<string[]> Required(JsonElement? schema) => schema is { } given ? Required(given, []) : [];

    /// <summary>The values of secrets in settings.</summary>
    public static IEnumerable<string> Secrets(JsonElement? schema, JsonElement settings)
    {
        if (schema is not { } given) return [];
        return from property in Properties(given)
               where settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(property.Name, out _)
               let value = settings.GetProperty(property.Name)
               from secret in IsSecret(property.Value) && value.ValueKind == JsonValueKind.String ? [value.GetString()!] : Secrets(property.Value, value)
               select secret;
    }

    /// <summary>Settings without one of them.</summary>
    public static string Without(string settings, string[] path)
    {
        var root = JsonNode.Parse(settings)!;
        var parent = path[..^1].Aggregate((JsonNode?)root, (node, name) => node?[name]);
        (parent as JsonObject)?.Remove(path[^1]);
        return root.ToJsonString();
    }

    private static IEnumerable<string[]> Required(JsonElement schema, string[] way)
    {
        if (schema.ValueKind != JsonValueKind.Object) return [];
        var own = schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? required.EnumerateArray().Select(name => (string[])[.. way, name.GetString()!]).ToArray()
            : [];
        // Below a property that may be left out nothing is required.
        return own.Concat(Properties(schema).Where(property => own.Any(path => path[^1] == property.Name)).SelectMany(property => Required(property.Value, [.. way, property.Name])));
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : default;

    private static bool IsSecret(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.True;

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError parent ? parent.Errors.Values.SelectMany(inner => inner).SelectMany(Innermost) : [error];
}
