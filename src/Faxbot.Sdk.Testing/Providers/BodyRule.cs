using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>
/// What the body of a request must be: nothing more, nothing less, each value of its own kind. Texts may have places: <c>{to}</c> and <c>{from}</c> are the numbers'
/// digits without a plus sign, <c>{text}</c> what is sent, <c>{attempt}</c> and <c>{job}</c> their ids, <c>{webhook}</c> the gateway's address for the
/// plugin, <c>{any}</c> any text. A field whose name ends with a question mark may be left out.
/// </summary>
public sealed class BodyRule
{
    private const string FormType = "application/x-www-form-urlencoded";

    // It is read in a test's output, never by a browser.
    private static readonly JsonSerializerOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _mediaType;
    private readonly JsonNode _expected;

    private BodyRule(string mediaType, JsonNode expected)
    {
        _mediaType = mediaType;
        _expected = expected;
    }

    /// <summary>JSON of that shape.</summary>
    /// <param name="expected">An example with places.</param>
    /// <param name="mediaType">How the request must call it.</param>
    /// <exception cref="JsonException">The example is no JSON.</exception>
    public static BodyRule Json(string expected, string mediaType = "application/json") => new(mediaType, JsonNode.Parse(expected) ?? throw new JsonException("The example is null."));

    /// <summary>A form with those fields.</summary>
    /// <param name="fields">Each with its value, which may have places.</param>
    public static BodyRule Form(IReadOnlyDictionary<string, string> fields) => new(FormType, JsonSerializer.SerializeToNode(fields)!);

    internal IEnumerable<string> Check(ProviderCall call, IReadOnlyDictionary<string, string> values)
    {
        var came = call.Headers.GetValueOrDefault("Content-Type") ?? "";
        if (came.Split(';')[0].Trim() != _mediaType) return [$"Content-Type must be \"{_mediaType}\", and is \"{came}\"."];
        return Read(call) is { } body ? Compare("$", _expected, body, values) : [$"The body is no {_mediaType}."];
    }

    private JsonNode? Read(ProviderCall call)
    {
        if (_mediaType == FormType) return ReadForm(call.Text);
        try
        {
            return JsonNode.Parse(call.Text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A field that stands there twice is none that a rule describes.
    private static JsonObject? ReadForm(string text)
    {
        var form = new JsonObject();
        foreach (var field in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = field.Split('=', 2) is [var left, var right] ? (Decoded(left), Decoded(right)) : (Decoded(field), "");
            if (!form.TryAdd(name, JsonValue.Create(value))) return null;
        }

        return form;
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static IEnumerable<string> Compare(string path, JsonNode? expected, JsonNode? came, IReadOnlyDictionary<string, string> values) => (expected, came) switch
    {
        (JsonObject shape, JsonObject fields) => CompareFields(path, shape, fields, values),
        (JsonArray shape, JsonArray items) when shape.Count == items.Count => shape.Zip(items).SelectMany((pair, place) => Compare($"{path}[{place}]", pair.First, pair.Second, values)),
        (JsonValue rule, JsonValue value) => CompareValues(path, rule, value, values),
        _ => JsonNode.DeepEquals(expected, came) ? [] : [Differs(path, Written(expected), Written(came))],
    };

    private static IEnumerable<string> CompareFields(string path, JsonObject shape, JsonObject fields, IReadOnlyDictionary<string, string> values)
    {
        var rules = shape.ToDictionary(rule => rule.Key.TrimEnd('?'), rule => (rule.Value, IsOptional: rule.Key.EndsWith('?')));
        var missing = rules.Where(rule => !rule.Value.IsOptional && !fields.ContainsKey(rule.Key)).Select(rule => $"{path}.{rule.Key} is missing.");
        var unknown = fields.Where(field => !rules.ContainsKey(field.Key)).Select(field => $"{path}.{field.Key} is not known to the provider.");
        var compared = fields.Where(field => rules.ContainsKey(field.Key)).SelectMany(field => Compare($"{path}.{field.Key}", rules[field.Key].Value, field.Value, values));
        return [.. missing, .. unknown, .. compared];
    }

    private static IEnumerable<string> CompareValues(string path, JsonValue rule, JsonValue value, IReadOnlyDictionary<string, string> values)
    {
        if (rule.GetValueKind() != JsonValueKind.String) return JsonNode.DeepEquals(rule, value) ? [] : [Differs(path, Written(rule), Written(value))];
        var expected = Places.Fill(rule.GetValue<string>(), values);
        var holds = value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && (expected == Places.Any ? text.Length > 0 : text == expected);
        return holds ? [] : [Differs(path, $"\"{expected}\"", Written(value))];
    }

    private static string Differs(string path, string expected, string came) => $"{path} must be {expected}, and is {came}.";

    private static string Written(JsonNode? node) => node?.ToJsonString(ForPeople) ?? "null";
}
