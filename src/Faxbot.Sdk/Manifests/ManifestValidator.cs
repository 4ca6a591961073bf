using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faxbot.Sdk.Manifests;

/// <summary>
/// Reads <c>manifest.json</c> and says all that is wrong with it at once. It is the only judge: the contract library, the command line and the
/// gateway take its word. Thread-safe.
/// </summary>
public static class ManifestValidator
{
    /// <summary>The name of the file at the root of a package.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Reads a manifest's text.</summary>
    /// <param name="json">What the file says; comments and trailing commas are allowed.</param>
    public static ManifestValidation Validate(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Syntax);
            if (root is JsonObject manifest && manifest["config_schema"] is JsonObject schema) TrunkSchemas.Expand(schema);
            return Validate(JsonSerializer.SerializeToElement(root));
        }
        catch (JsonException wrong)
        {
            return Refused(new ManifestProblem("$", $"It is not JSON: {FirstSentence(wrong)}", "Repair it at that place."));
        }
    }

    private static ManifestValidation Validate(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refused(new ManifestProblem("$", "It is not an object.", "Write { \"id\": ..., \"name\": ..., \"categories\": [...], \"capabilities\": [...] }."));
        var fields = new ManifestFields(root);
        ManifestRules.Check(fields);
        if (fields.HasErrors) return new ManifestValidation(null, fields.Problems);
        try
        {
            return new ManifestValidation(root.Deserialize<PluginManifest>(SdkJson.Options), fields.Problems);
        }
        catch (JsonException wrong)
        {
            // The shape inside of traits and sdk is that of their records.
            return new ManifestValidation(null, [.. fields.Problems, new ManifestProblem(wrong.Path ?? "$", FirstSentence(wrong), "Give it the type that docs/plugins.md names.")]);
        }
    }

    private static ManifestValidation Refused(ManifestProblem problem) => new(null, [problem]);

    private static string FirstSentence(JsonException wrong) => $"{wrong.Message.Split(" Path:")[0].TrimEnd('.')}.";
}
