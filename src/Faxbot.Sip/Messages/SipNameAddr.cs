namespace Faxbot.Sip.Messages;

/// <summary>
/// name-addr or addr-spec with header parameters: the value of From, To, Contact, Route and their kin (RFC 3261 20.10). Immutable.
/// </summary>
public sealed record SipNameAddr(SipUri Uri)
{
    /// <summary>The display name without quotes, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The header parameters, behind the angle brackets.</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>The tag parameter, or null.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>A copy with that tag, or without one.</summary>
    public SipNameAddr WithTag(string? tag) => WithParameterOrNone("tag", tag);

    /// <summary>
    /// The expires parameter of a Contact (RFC 3261 10.2.1.1), or null; a number beyond 2^32-1 is read as that, a malformed one as an hour.
    /// </summary>
    public TimeSpan? Expires
    {
        get => Parameters["expires"] is { } text ? TimeSpan.FromSeconds(ReadSeconds(text)) : null;
        init => Parameters = value is { } time
            ? Parameters.With("expires", ((long)time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture))
            : Parameters.Without("expires");
    }

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipNameAddr address)
    {
        address = new SipNameAddr(SipUri.Empty);
        var reader = new SipValueReader(SipGrammar.Trim(text));
        if (!TryReadDisplayName(ref reader, out var displayName, out var bracketed)
            || !TryReadUri(ref reader, bracketed, out var uri)
            || !reader.TryReadParameters(out var parameters))
        {
            return false;
        }

        address = new SipNameAddr(uri) { DisplayName = displayName, Parameters = parameters };
        return true;
    }

    /// <summary>Always with angle brackets, so that no parameter changes sides (RFC 3261 20).</summary>
    public override string ToString() =>
        (DisplayName is null ? "" : FormatDisplayName(DisplayName) + " ") + "<" + Uri + ">" + Parameters;

    internal SipNameAddr WithParameterOrNone(string name, string? value) =>
        this with { Parameters = value is null ? Parameters.Without(name) : Parameters.With(name, value) };

    // RFC 3261 20.10 and 10.2.1.1: malformed values are read as 3600, delta-seconds goes up to 2^32-1.
    internal static long ReadSeconds(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9') ? 3600
        : SipGrammar.TryParseNumber(text, uint.MaxValue, out var seconds) ? seconds : uint.MaxValue;

    private static bool TryReadDisplayName(ref SipValueReader reader, out string? displayName, out bool bracketed)
    {
        displayName = null;
        bracketed = false;
        if (reader.TryReadQuoted(out var quoted))
        {
            displayName = quoted;
            reader.SkipWhitespace();
            bracketed = reader.TryReadChar('<');
            return bracketed;
        }

        var bracket = reader.Rest.IndexOf('<');
        if (bracket < 0)
        {
            return true;
        }

        // RFC 4475 3.1.2.14 allows reading an unquoted display name with characters beyond token; a quote in it stays an error.
        var name = SipGrammar.Trim(reader.Rest[..bracket]);
        if (name.Contains('"'))
        {
            return false;
        }

        displayName = name.IsEmpty ? null : name.ToString();
        reader.Skip(bracket + 1);
        bracketed = true;
        return true;
    }

    private static bool TryReadUri(ref SipValueReader reader, bool bracketed, out SipUri uri)
    {
        uri = SipUri.Empty;
        var rest = reader.Rest;
        if (bracketed)
        {
            var end = rest.IndexOf('>');
            if (end < 0 || !SipUri.TryParse(SipGrammar.Trim(rest[..end]), out uri))
            {
                return false;
            }

            reader.Skip(end + 1);
            return true;
        }

        // RFC 3261 20: without angle brackets a comma or question mark is an error and what follows a semicolon is the header's.
        var length = rest.IndexOfAny(';', ' ', '\t');
        length = length < 0 ? rest.Length : length;
        var text = rest[..length];
        if (text.ContainsAny(',', '?') || !SipUri.TryParse(text, out uri))
        {
            return false;
        }

        reader.Skip(length);
        return true;
    }

    private static string FormatDisplayName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not (' ' or '-' or '.' or '_'))
            {
                return SipGrammar.Quote(name);
            }
        }

        return name.Length == 0 || name[0] == ' ' || name[^1] == ' ' ? SipGrammar.Quote(name) : name;
    }
}
