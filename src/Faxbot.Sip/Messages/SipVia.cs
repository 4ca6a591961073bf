using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>One Via value (RFC 3261 20.42, RFC 3581). Immutable.</summary>
/// <param name="Transport">In upper case: UDP, TCP, TLS, WS...</param>
/// <param name="Host">sent-by: a name or an address, IPv6 without brackets.</param>
public sealed record SipVia(string Transport, string Host)
{
    /// <summary>What each branch of RFC 3261 begins with (8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The port of sent-by, or null.</summary>
    public int? Port { get; init; }

    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>The branch parameter, or null (RFC 2543 peers).</summary>
    public string? Branch
    {
        get => Parameters["branch"];
        init => Parameters = Set("branch", value);
    }

    /// <summary>The address that the request came from, as the server wrote it; IPv6 without brackets.</summary>
    public string? Received
    {
        get => Parameters["received"] is { } text ? SipHost.Unbracket(text) : null;
        init => Parameters = Set("received", value);
    }

    /// <summary>The value of rport, or null where it is absent or has none yet.</summary>
    public int? RPort
    {
        get => Parameters["rport"] is { } text && SipGrammar.TryParseNumber(text, 65_535, out var port) ? (int)port : null;
        init => Parameters = Set("rport", value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>rport stands there, with or without a value (RFC 3581 3).</summary>
    public bool HasRPort
    {
        get => Parameters.Contains("rport");
        init => Parameters = value ? (HasRPort ? Parameters : Parameters.With("rport", null)) : Parameters.Without("rport");
    }

    /// <summary>The maddr parameter, or null.</summary>
    public string? MAddr => Parameters["maddr"] is { } text ? SipHost.Unbracket(text) : null;

    /// <summary>The branch begins with the magic cookie, so it identifies the transaction (RFC 3261 17.2.3).</summary>
    public bool HasRfc3261Branch => Branch is { } branch && branch.Length > MagicCookie.Length
        && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a response goes when the port is not written: 5061 for TLS, else 5060.</summary>
    public int EffectivePort => Port ?? (Transport == "TLS" ? 5061 : 5060);

    /// <summary>Reads one value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipVia via)
    {
        via = new SipVia("UDP", "invalid");
        var reader = new SipValueReader(SipGrammar.Trim(text));
        if (!TryReadProtocol(ref reader, out var transport)
            || !SipHost.TryRead(ref reader, spaces: true, out var host, out var port)
            || !reader.TryReadParameters(out var parameters))
        {
            return false;
        }

        via = new SipVia(transport, host) { Port = port, Parameters = parameters };
        return true;
    }

    public override string ToString() => $"SIP/2.0/{Transport} {SipHost.Format(Host, Port)}{Parameters}";

    // sent-protocol: "SIP" SLASH "2.0" SLASH transport, with optional space around the slashes, then LWS.
    private static bool TryReadProtocol(ref SipValueReader reader, out string transport)
    {
        transport = "";
        if (!reader.TryReadToken(out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !TryReadSlash(ref reader)
            || !reader.TryReadToken(out var version) || version is not "2.0"
            || !TryReadSlash(ref reader)
            || !reader.TryReadToken(out var token))
        {
            return false;
        }

        transport = token.ToString().ToUpperInvariant();
        var spaced = SipGrammar.IsWhitespace(reader.Peek);
        reader.SkipWhitespace();
        return spaced;
    }

    private static bool TryReadSlash(ref SipValueReader reader)
    {
        reader.SkipWhitespace();
        var found = reader.TryReadChar('/');
        reader.SkipWhitespace();
        return found;
    }

    private SipParameters Set(string name, string? value) => value is null ? Parameters.Without(name) : Parameters.With(name, value);
}
