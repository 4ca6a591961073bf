using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Sdk.Http;

/// <summary>How providers' answers are read: as the contract's own JSON, and numbers also from texts, as amounts are often written so.</summary>
internal static class ProviderJson
{
    private static readonly ConcurrentDictionary<JsonNamingPolicy, JsonSerializerOptions> Options = new();

    public static JsonSerializerOptions For(JsonNamingPolicy names) => Options.GetOrAdd(names, policy => new JsonSerializerOptions(SdkJson.Options)
    {
        PropertyNamingPolicy = policy,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    });

    public static DateTimeOffset? TryReadInstant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
