using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Tests.Trunks;

/// <summary>The schema of a trunk profile is written by hand, for people; these keep it equal to the records.</summary>
public sealed class TrunkSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(TrunkProfileJson.Schema)!.AsObject();

    [Fact]
    public void Has_the_fields_and_words_of_the_records()
    {
        var records = SdkJson.Options.GetJsonSchemaAsNode(typeof(TrunkProfile));

        Assert.Equal(string.Join('\n', Ways(records, records, "")), string.Join('\n', Ways(Schema, Schema, "")));
    }

    [Fact]
    public void Its_defaults_are_those_of_the_records()
    {
        var written = JsonSerializer.SerializeToNode(new TrunkProfile { Servers = [new TrunkServer { Host = "sip.example" }] }, SdkJson.Options)!.AsObject();

        foreach (var part in new[] { "t38", "audio", "signalling", "inbound", "caller" })
        {
            foreach (var (name, field) in Schema["properties"]![part]!["properties"]!.AsObject())
            {
                if (field!["default"] is { } given) Assert.Equal($"{part}.{name} {given.ToJsonString()}", $"{part}.{name} {written[part]![name]?.ToJsonString()}");
            }
        }
    }

    [Fact]
    public void A_manifest_that_refers_to_it_gets_all_of_it()
    {
        var read = ManifestValidator.Validate("""
            { "id": "acme-sip", "name": "Acme", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"],
              "config_schema": { "type": "object", "properties": { "trunk": { "$ref": "faxbot:trunk-overlay", "description": "By hand." } } } }
            """);

        Assert.Empty(read.Problems);
        var trunk = read.Manifest!.ConfigSchema!.Value.GetProperty("properties").GetProperty("trunk");
        Assert.Equal("By hand.", trunk.GetProperty("description").GetString());
        Assert.False(trunk.TryGetProperty("required", out _));
        Assert.Equal("#/$defs/trunk_time", trunk.GetProperty("properties").GetProperty("t38").GetProperty("properties").GetProperty("switch_after").GetProperty("$ref").GetString());
        Assert.Equal(["trunk", "credentials", "password"], Assert.Single(ConfigSchema.SecretPaths(read.Manifest.ConfigSchema.Value)));
    }

    [Fact]
    public void The_choice_of_a_line_stands_where_a_manifest_refers_to_it()
    {
        var read = ManifestValidator.Validate("""
            { "id": "acme-sip", "name": "Acme", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"],
              "config_schema": { "type": "object", "properties": { "line": { "$ref": "faxbot:line", "description": "Ours or theirs." } } } }
            """);

        Assert.Empty(read.Problems);
        var line = read.Manifest!.ConfigSchema!.Value.GetProperty("properties").GetProperty("line");
        Assert.Equal(["embedded", "asterisk"], line.GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("Ours or theirs.", line.GetProperty("description").GetString());
        Assert.False(read.Manifest.ConfigSchema.Value.TryGetProperty("$defs", out _));
    }

    // The ways to all fields, with the words of enumerations, references followed.
    private static SortedSet<string> Ways(JsonNode root, JsonNode? node, string way)
    {
        SortedSet<string> ways = new(StringComparer.Ordinal);
        while (node?["$ref"] is { } reference) node = Follow(root, reference.GetValue<string>());
        if (node is not JsonObject fields) return ways;
        if (fields["properties"] is JsonObject properties)
        {
            foreach (var (name, field) in properties)
            {
                ways.Add($"{way}.{name}");
                ways.UnionWith(Ways(root, field, $"{way}.{name}"));
            }
        }

        if (fields["items"] is { } items) ways.UnionWith(Ways(root, items, $"{way}[]"));
        if (fields["additionalProperties"] is JsonObject values) ways.UnionWith(Ways(root, values, $"{way}.*"));
        // The outcome of a refused call is no success, and somebody failed.
        if (fields["enum"] is JsonArray words && words[0]!.GetValueKind() == JsonValueKind.String)
            ways.UnionWith(words.Where(word => word is not null).Select(word => word!.GetValue<string>()).Where(word => word is not ("success" or "none")).Select(word => $"{way}={word}"));
        return ways;
    }

    private static JsonNode? Follow(JsonNode root, string reference) =>
        reference[2..].Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)root, (node, name) => node is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node?[name]);
}
