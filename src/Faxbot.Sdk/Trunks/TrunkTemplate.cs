using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// A trunk profile with places for what is the customer's own: <c>{name}</c> in a text stands for the setting of that name, and <c>{name=value}</c>
/// has a value for when it is not set, in which <c>true</c>, <c>false</c> and whole numbers are what they look like. A text that is a place and nothing else takes the setting as it is, of whatever type; when that is not set,
/// the field is left out, and with its last field an object or list goes too. An object with <c>"$if": "name"</c> is there only when that setting is given and
/// not false. The setting <c>line</c> and the settings under <c>trunk</c> are laid over the result (RFC 7396), so that
/// each value can be set by hand. Immutable.
/// </summary>
public sealed partial class TrunkTemplate
{
    /// <summary>The name of the file at the root of a package.</summary>
    public const string FileName = "trunk.json";

    /// <summary>The name of the setting that is laid over the template.</summary>
    public const string OverlaySetting = "trunk";

    /// <summary>The name of the setting that chooses <see cref="TrunkProfile.Line"/>, for the plugins whose schema has it.</summary>
    public const string LineSetting = "line";

    // The field of an object that names the setting without which the object is left out.
    private const string Condition = "$if";

    // A place of the profile's own, filled when a call is placed.
    private const string AttemptPlace = "{attempt}";

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly JsonObject _template;

    private TrunkTemplate(JsonObject template) => _template = template;

    /// <summary>The settings that it has places for, or that choose what is in it.</summary>
    public IReadOnlySet<string> Places =>
        Texts(_template).SelectMany(text => Place().Matches(text)).Select(match => match.Groups["name"].Value).Concat(Conditions(_template)).ToHashSet();

    /// <summary>Reads a template.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static TrunkTemplate Parse(string json) =>
        new(JsonNode.Parse(json, documentOptions: Syntax) as JsonObject ?? throw new JsonException("A trunk template is a JSON object."));

    /// <summary>Makes the profile; null with the reasons when the settings do not make one. Texts of settings cannot add fields: they stay texts.</summary>
    public TrunkProfile? Fill(JsonElement settings, out IReadOnlyList<ConfigProblem> problems)
    {
        List<ConfigProblem> missing = [];
        var filled = Fill(_template, settings, missing) as JsonObject ?? [];
        if (Setting(settings, LineSetting) is { } line) filled[LineSetting] = JsonNode.Parse(line.GetRawText());
        if (settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(OverlaySetting, out var overlay) && overlay.ValueKind == JsonValueKind.Object)
            Overlay(filled, JsonObject.Create(overlay)!);
        if (missing.Count > 0)
        {
            problems = [.. missing.DistinctBy(problem => problem.Path)];
            return null;
        }

        return TrunkProfileJson.Read(JsonSerializer.SerializeToElement(filled), out problems);
    }

    private static JsonNode? Fill(JsonNode? node, JsonElement settings, List<ConfigProblem> missing) => node switch
    {
        JsonObject template => FillObject(template, settings, missing),
        JsonArray template => FillArray(template, settings, missing),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => FillText(value.GetValue<string>(), settings, missing),
        _ => node?.DeepClone(),
    };

    private static JsonObject? FillObject(JsonObject template, JsonElement settings, List<ConfigProblem> missing)
    {
        var condition = template[Condition]?.GetValue<string>();
        if (condition is not null && !IsGiven(settings, condition)) return null;
        JsonObject filled = [];
        foreach (var (name, value) in template.Where(field => field.Key != Condition))
        {
            if (Fill(value, settings, missing) is { } field) filled[name] = field;
        }

        return filled.Count > 0 || template.Count == 0 || condition is not null ? filled : null;
    }

    private static JsonArray? FillArray(JsonArray template, JsonElement settings, List<ConfigProblem> missing)
    {
        JsonArray filled = [.. template.Select(item => Fill(item, settings, missing)).Where(item => item is not null)];
        return filled.Count > 0 || template.Count == 0 ? filled : null;
    }

    private static JsonNode? FillText(string text, JsonElement settings, List<ConfigProblem> missing)
    {
        if (text == AttemptPlace) return text;
        if (Place().Match(text) is { Success: true } whole && whole.Length == text.Length)
            return Setting(settings, whole) is { } value ? JsonNode.Parse(value.GetRawText()) : whole.Groups["value"] is { Success: true, Value: var instead } ? Literal(instead) : null;
        return Place().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (Setting(settings, match) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value) return value.ToString();
            if (match.Groups["value"] is { Success: true, Value: var instead }) return instead;
            if (match.Value == AttemptPlace) return AttemptPlace;
            missing.Add(new ConfigProblem($"$.{name}", "The trunk needs it: give it."));
            return "";
        });
    }

    private static JsonNode Literal(string text) => text switch
    {
        "true" or "false" => text == "true",
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };

    private static bool IsGiven(JsonElement settings, string name) => Setting(settings, name) is { ValueKind: not JsonValueKind.False };

    private static JsonElement? Setting(JsonElement settings, Match place) => Setting(settings, place.Groups["name"].Value);

    private static JsonElement? Setting(JsonElement settings, string name) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out var value)
        && value.ValueKind is not JsonValueKind.Null && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""))
            ? value
            : null;

    private static void Overlay(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject existing) Overlay(existing, inner);
            else target[name] = value.DeepClone();
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    private static IEnumerable<string> Conditions(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == Condition ? [field.Value!.GetValue<string>()] : Conditions(field.Value)),
        JsonArray items => items.SelectMany(Conditions),
        _ => [],
    };

    [GeneratedRegex(@"\{(?<name>[a-z][a-z0-9_]*)(=(?<value>[^{}]*))?\}")]
    private static partial Regex Place();
}
