using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Sdk;

/// <summary>
/// How the records of the contract are written as JSON, between processes and in files: snake case, enums as snake-case words, instants as
/// ISO 8601, times as <c>hh:mm:ss</c>, null left out. Unknown fields are skipped, so that either side may be the newer one.
/// </summary>
public static class SdkJson
{
    /// <summary>The options; read-only and safe for all threads.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
