using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>
/// A SIP, SIPS or tel URI (RFC 3261 19.1, RFC 3966), or a URI of another scheme kept whole. Immutable. Equality is that of the canonical
/// text;
/// <see cref="IsEquivalentTo"/> is the one of RFC 3261 19.1.4, which is not transitive and so cannot be <c>Equals</c>.
/// </summary>
public sealed record SipUri
{
    /// <summary>The port of SIP over UDP and TCP where none is given (RFC 3261 19.1.2).</summary>
    public const int DefaultPort = 5060;

    private readonly string _host = "";

    private SipUri()
    {
    }

    /// <summary>A <c>sip:</c> URI of a host: a name, an IPv4 address, or an IPv6 address without brackets.</summary>
    /// <exception cref="ArgumentException">The host is none of them.</exception>
    public SipUri(string host) => Host = host;

    /// <summary>In lower case: <c>sip</c>, <c>sips</c>, <c>tel</c> or another.</summary>
    public string Scheme { get; init; } = "sip";

    /// <summary>The user part with its escapes resolved, or null. Of a tel URI, the number.</summary>
    public string? User
    {
        get => EscapedUser is null ? null : SipEscaping.Unescape(EscapedUser);
        init => EscapedUser = string.IsNullOrEmpty(value) ? null
            : SipEscaping.Escape(value, Scheme == "tel" ? SipEscaping.Tel : SipEscaping.User);
    }

    /// <summary>The user part as on the wire, in normal form.</summary>
    public string? EscapedUser { get; private init; }

    /// <summary>The password with its escapes resolved, or null.</summary>
    public string? Password
    {
        get => EscapedPassword is null ? null : SipEscaping.Unescape(EscapedPassword);
        init => EscapedPassword = value is null ? null : SipEscaping.Escape(value, SipEscaping.Password);
    }

    /// <summary>The password as on the wire, in normal form.</summary>
    public string? EscapedPassword { get; private init; }

    /// <summary>Host name or address; IPv6 without brackets. Empty unless <see cref="IsSip"/>.</summary>
    /// <exception cref="ArgumentException">Set to what is no host.</exception>
    public string Host
    {
        get => _host;
        init => _host = SipHost.IsValid(value) ? value : throw new ArgumentException("Neither a host name nor an address.", nameof(value));
    }

    /// <summary>The port, or null where the URI has none (then DNS and the transport decide).</summary>
    public int? Port { get; init; }

    /// <summary>URI parameters, their values escaped as on the wire.</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>The headers behind <c>?</c>, names and values escaped as on the wire.</summary>
    public SipParameters Headers { get; init; } = SipParameters.Empty;

    /// <summary>What follows the colon of a URI that is neither SIP nor tel; null of those.</summary>
    public string? Opaque { get; private init; }

    /// <summary>The scheme is <c>sip</c> or <c>sips</c>.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>The next hop's router is a loose router (RFC 3261 16.12).</summary>
    public bool IsLooseRouter => Parameters.Contains("lr");

    /// <summary>The transport parameter, or null.</summary>
    public string? Transport => Parameters["transport"];

    /// <summary>A <c>tel:</c> URI.</summary>
    public static SipUri Tel(string number) => new() { Scheme = "tel", User = number };

    /// <summary>Reads a URI; nothing may stand before or behind it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipUri uri)
    {
        uri = Empty;
        var colon = text.IndexOf(':');
        if (colon <= 0 || !IsScheme(text[..colon]))
        {
            return false;
        }

        var scheme = text[..colon].ToString().ToLowerInvariant();
        return scheme switch
        {
            "sip" or "sips" => SipUriReader.TryReadSip(scheme, text[(colon + 1)..], out uri),
            "tel" => SipUriReader.TryReadTel(text[(colon + 1)..], out uri),
            _ => SipUriReader.TryReadOpaque(scheme, text[(colon + 1)..], out uri),
        };
    }

    /// <summary>Reads a URI from trusted text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI.");

    /// <summary>A copy with a URI parameter set; null makes it a flag.</summary>
    public SipUri WithParameter(string name, string? value) => this with { Parameters = Parameters.With(name, value) };

    /// <summary>The comparison of RFC 3261 19.1.4.</summary>
    public bool IsEquivalentTo(SipUri other) => SipUriComparison.AreEquivalent(this, other);

    public override string ToString()
    {
        var text = new StringBuilder(64).Append(Scheme).Append(':');
        if (Opaque is not null)
        {
            return text.Append(Opaque).ToString();
        }

        text.Append(EscapedUser);
        if (IsSip)
        {
            if (EscapedUser is not null && EscapedPassword is not null)
            {
                text.Append(':').Append(EscapedPassword);
            }

            text.Append(EscapedUser is null ? "" : "@").Append(SipHost.Format(Host, Port));
        }

        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.Name);
            if (parameter.Value is not null)
            {
                text.Append('=').Append(parameter.Value);
            }
        }

        for (var i = 0; i < Headers.Count; i++)
        {
            text.Append(i == 0 ? '?' : '&').Append(Headers[i].Name).Append('=').Append(Headers[i].Value);
        }

        return text.ToString();
    }

    internal static SipUri Empty { get; } = new() { Scheme = "invalid", Opaque = "" };

    internal static SipUri FromOpaque(string scheme, string rest) => new() { Scheme = scheme, Opaque = rest };

    internal static SipUri FromEscaped(string scheme, string? user, string? password, string? host) =>
        host is null
            ? new() { Scheme = scheme, EscapedUser = user }
            : new(host) { Scheme = scheme, EscapedUser = user, EscapedPassword = password };

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }
}
