using System.Text.Json.Nodes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Manifests;

/// <summary>
/// Puts the schema of a trunk profile where a schema of settings refers to it: <c>faxbot:trunk-profile</c> stands for the whole of it, and
/// <c>faxbot:trunk-overlay</c> for the same with nothing required, to be laid over a profile, and <c>faxbot:line</c> for the choice of what carries
/// the calls.
/// </summary>
internal static class TrunkSchemas
{
    private const string Profile = "faxbot:trunk-profile";
    private const string Overlay = "faxbot:trunk-overlay";
    private const string Line = "faxbot:line";
    private const string Inner = "#/$defs/";
    private const string Moved = "#/$defs/trunk_";

    /// <summary>Replaces the references of a schema of settings.</summary>
    public static void Expand(JsonObject schema)
    {
        var isUsed = false;
        Replace(schema, ref isUsed);
        if (!isUsed) return;
        var shared = schema["$defs"] as JsonObject ?? [];
        foreach (var (name, part) in Read()["$defs"]!.AsObject()) shared[$"trunk_{name}"] = Move(part!.DeepClone());
        schema["$defs"] = shared;
    }

    private static void Replace(JsonNode? node, ref bool isUsed)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Replace(item, ref isUsed);
        }

        if (node is not JsonObject fields) return;
        if (fields["$ref"] is JsonValue reference && reference.TryGetValue(out string? name) && name is Profile or Overlay or Line)
        {
            isUsed |= name != Line;
            fields.Remove("$ref");
            foreach (var (key, value) in (JsonObject)Move(Part(name))) fields.TryAdd(key, value?.DeepClone());
            return;
        }

        foreach (var (_, value) in fields.ToList()) Replace(value, ref isUsed);
    }

    private static JsonObject Part(string name)
    {
        var whole = Read();
        if (name == Line) return whole["properties"]!["line"]!.AsObject();
        whole.Remove("$defs");
        if (name == Overlay) Loosen(whole);
        return whole;
    }

    private static JsonNode Move(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (key, value) in fields.ToList())
                {
                    if (key == "$ref") fields[key] = value!.GetValue<string>().Replace(Inner, Moved, StringComparison.Ordinal);
                    else if (value is not null) Move(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>()) Move(item);
                break;
        }

        return node;
    }

    private static void Loosen(JsonNode? node)
    {
        if (node is not JsonObject fields) return;
        if (fields["required"] is JsonArray) fields.Remove("required");
        foreach (var (_, value) in fields.ToList()) Loosen(value);
    }

    private static JsonObject Read() => JsonNode.Parse(TrunkProfileJson.Schema)!.AsObject();
}
