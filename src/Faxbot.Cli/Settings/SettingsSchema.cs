using System.Text.Json;

namespace Faxbot.Cli.Settings;

/// <summary>The schema of a plugin's settings, as far as questions need it: the gateway alone says what is valid.</summary>
/// <param name="root">The schema; null when the plugin has none.</param>
internal sealed class SettingsSchema(JsonElement? root)
{
    private const string InnerReference = "#/";

    /// <summary>The properties of an object, in the schema's order.</summary>
    /// <param name="path">The object; empty for the settings themselves.</param>
    public IReadOnlyList<SettingField> FieldsOf(string path)
    {
        if (At(path) is not { } owner || !owner.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return [];
        var required = owner.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet() : [];
        return [.. properties.EnumerateObject().Select(property => new SettingField(path.Length == 0 ? property.Name : $"{path}.{property.Name}", required.Contains(property.Name), Follow(property.Value)))];
    }

    /// <summary>A property; null when the schema does not know it.</summary>
    public SettingField? Find(string path)
    {
        var dot = path.LastIndexOf('.');
        return FieldsOf(dot < 0 ? "" : path[..dot]).FirstOrDefault(field => field.Path == path);
    }

    private JsonElement? At(string path)
    {
        if (root is not { ValueKind: JsonValueKind.Object } schema) return null;
        var at = Follow(schema);
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!at.TryGetProperty("properties", out var properties) || !properties.TryGetProperty(name, out var property)) return null;
            at = Follow(property);
        }

        return at;
    }

    // References lead inside of the schema only; the manifest's validator sees to that.
    private JsonElement Follow(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$ref", out var reference) || reference.GetString() is not { } target
            || !target.StartsWith(InnerReference, StringComparison.Ordinal)) return schema;
        var at = root!.Value;
        foreach (var name in target[InnerReference.Length..].Split('/'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return schema;
        }

        return at;
    }
}
