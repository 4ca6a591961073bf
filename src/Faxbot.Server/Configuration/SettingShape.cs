using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Configuration;

/// <summary>What the text of a setting must look like.</summary>
/// <param name="Description">For errors and documentation: "a duration such as 5m".</param>
/// <param name="Parse">The value of a text; null when it does not look so.</param>
/// <param name="Show">The text of a value, fit to be seen.</param>
internal sealed record SettingShape(string Description, Func<string, object?> Parse, Func<object, string> Show)
{
    private static readonly FrozenDictionary<Type, SettingShape> Known = new Dictionary<Type, SettingShape>
    {
        [typeof(string)] = Of("a text", text => text.Length > 0 ? text : null),
        [typeof(bool)] = Of("true or false", text => bool.TryParse(text, out var value) ? value : null) with { Show = value => (bool)value ? "true" : "false" },
        [typeof(int)] = Of("a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null),
        [typeof(OctetCount)] = Of("a size such as 10MB or 500KB", text => OctetCount.TryParse(text, out var value) ? value : null),
        [typeof(TimeSpan)] = Of("a duration such as 90s, 5m, 2h, 30d or 01:30:00", text => Durations.TryParse(text, out var value) ? value : null)
            with { Show = value => Durations.Format((TimeSpan)value) },
        [typeof(TimeOnly)] = Of("a time of day such as 22:00", text => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null)
            with { Show = value => ((TimeOnly)value).ToString("HH:mm", CultureInfo.InvariantCulture) },
        [typeof(TimeZoneInfo)] = Of("a time zone such as Europe/Berlin", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var value) ? value : null)
            with { Show = value => ((TimeZoneInfo)value).Id },
        [typeof(IPEndPoint)] = Of("an address and port such as 127.0.0.1:8080 or [::]:8080", ParseEndPoint),
        [typeof(IPAddress)] = Of("an IP address such as 203.0.113.7", text => IPAddress.TryParse(text, out var value) ? value : null),
        [typeof(IPNetwork)] = Of("a network such as 10.0.0.0/8", text => IPNetwork.TryParse(text, out var value) ? value : null),
        [typeof(PortRange)] = Of("two ports such as 20000-20999", text => PortRange.TryParse(text, out var value) ? value : null),
        [typeof(Uri)] = Of("an address such as https://fax.example.com", ParseHttp),
        [typeof(NumberPrefix)] = Of("a plus sign and digits such as +49", text => NumberPrefix.TryParse(text, out var value) ? value : null),
        [typeof(CountryCode)] = Of("two letters such as US", text => CountryCode.TryParse(text, out var value) ? value : null),
        [typeof(HeaderChoice)] = Of("on, off or a text", HeaderChoice.Parse),
        [typeof(LockKey)] = Of("32 octets in base64 (openssl rand -base64 32) or hexadecimal", text => LockKey.TryParse(text, out var value) ? value : null)
            with { IsSecret = true },
        [typeof(SecretText)] = Of("a text", text => text.Length > 0 ? new SecretText(text) : null) with { IsSecret = true },
        [typeof(FeedCredentials)] = Of("the address of a feed, https or of this machine, and behind a blank USER:PASSWORD or HEADER: VALUE", text => FeedCredentials.TryParse(text, out var value) ? value : null)
            with { IsSecret = true },
        [typeof(DatabaseOptions)] = Of("the path of a SQLite file or postgresql://user:password@host/database", text => DatabaseAddress.TryParse(text, out var value) ? value : null)
            with { IsSecret = true, Show = value => DatabaseAddress.Show((DatabaseOptions)value) },
    }.ToFrozenDictionary();

    /// <summary>Whether the text must not be repeated, and may stand in a file of its own.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>The shape of a type's values.</summary>
    public static SettingShape Of(Type type) => type.IsEnum ? OfEnum(type) : Known[type];

    private static SettingShape Of(string description, Func<string, object?> parse) => new(description, parse, value => Convert.ToString(value, CultureInfo.InvariantCulture)!);

    private static SettingShape OfEnum(Type type)
    {
        var byWord = Enum.GetValues(type).Cast<object>().ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!));
        return new SettingShape(
            string.Join(", ", byWord.Keys.Order(StringComparer.Ordinal)), byWord.GetValueOrDefault, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!));
    }

    // An address alone would be taken with port 0.
    private static IPEndPoint? ParseEndPoint(string text) =>
        IPEndPoint.TryParse(text, out var value) && text.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{value.Port}"), StringComparison.Ordinal) ? value : null;

    private static Uri? ParseHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var value) && value.Scheme is "http" or "https" && value is { Query: "", Fragment: "", UserInfo: "" } ? value : null;
}
