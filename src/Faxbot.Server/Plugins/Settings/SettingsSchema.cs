using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>The schema of a plugin's settings. Without one any object will do.</summary>
internal sealed class SettingsSchema(JsonElement? schema)
{
    /// <summary>Where the secrets stand.</summary>
    public IReadOnlyList<string> SecretPointers { get; } = schema is { } given ? [.. ConfigSchema.SecretPaths(given).Select(SettingsSecrets.Pointer)] : [];

    /// <summary>What is wrong with settings, their secrets in place. No value is repeated.</summary>
    public async Task<IReadOnlyList<ConfigProblem>> ValidateAsync(JsonObject settings, CancellationToken cancel)
    {
        if (schema is not { } given) return [];
        try
        {
            var rules = await JsonSchema.FromJsonAsync(given.GetRawText(), cancel);
            return [.. rules.Validate(settings.ToJsonString()).SelectMany(Innermost).Select(Problem)];
        }
        catch (Exception e) when (e is InvalidOperationException or Newtonsoft.Json.JsonException or NotSupportedException)
        {
            return [new ConfigProblem("$", "The plugin's config_schema is no JSON Schema that can be used: its author must repair it.")];
        }
    }

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError parent ? parent.Errors.Values.SelectMany(inner => inner).SelectMany(Innermost) : [error];

    private static ConfigProblem Problem(ValidationError error)
    {
        var place = (error.Path ?? "").TrimStart('#', '/');
        return new ConfigProblem(place.Length == 0 ? "$" : $"$.{place}", Sentence(error.Kind));
    }

    private static string Sentence(ValidationErrorKind kind) => kind switch
    {
        ValidationErrorKind.PropertyRequired => "It is required, and missing.",
        ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid => "The schema does not know it: correct its name, or take it out.",
        ValidationErrorKind.NotInEnumeration => "It is not one of the values that the schema lists.",
        ValidationErrorKind.StringExpected => "It must be a text.",
        ValidationErrorKind.IntegerExpected or ValidationErrorKind.NumberExpected => "It must be a number.",
        ValidationErrorKind.BooleanExpected => "It must be true or false.",
        ValidationErrorKind.ObjectExpected => "It must be an object.",
        ValidationErrorKind.ArrayExpected => "It must be a list.",
        ValidationErrorKind.PatternMismatch => "It does not have the form that the schema asks for.",
        ValidationErrorKind.StringTooShort or ValidationErrorKind.TooFewItems => "It is too short.",
        ValidationErrorKind.StringTooLong or ValidationErrorKind.TooManyItems => "It is too long.",
        ValidationErrorKind.NumberTooSmall => "It is too small.",
        ValidationErrorKind.NumberTooBig => "It is too large.",
        _ => $"It does not fit the schema ({kind}).",
    };
}
