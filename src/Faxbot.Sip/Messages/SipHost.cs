using System.Buffers;
using System.Net;

namespace Faxbot.Sip.Messages;

/// <summary>
/// host [ ":" port ] of RFC 3261 25.1 with the IPv6 reading of RFC 5118: an IPv6 address stands in brackets on the wire, without them in
/// our values.
/// </summary>
internal static class SipHost
{
    // The underscore is outside the grammar but in the names that internal DNS zones of trunks use.
    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> Ipv6Chars = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>A host as our values hold it: a name, an IPv4 address, or an IPv6 address without brackets.</summary>
    public static bool IsValid(ReadOnlySpan<char> host) =>
        host.Contains(':') ? IsIpv6(host) : !host.IsEmpty && !host.ContainsAnyExcept(NameChars);

    /// <summary>As on the wire: with brackets around an IPv6 address.</summary>
    public static string Format(string host, int? port)
    {
        var text = host.Contains(':', StringComparison.Ordinal) ? "[" + host + "]" : host;
        return port is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text}:{number}") : text;
    }

    /// <summary>
    /// Reads host and port off the cursor; whitespace around the colon is allowed where <paramref name="spaces"/> says so (Via).
    /// </summary>
    public static bool TryRead(ref SipValueReader reader, bool spaces, out string host, out int? port)
    {
        var at = reader;
        port = null;
        host = "";
        if (!TryReadHost(ref at, out host))
        {
            return false;
        }

        var afterHost = at;
        if (spaces)
        {
            at.SkipWhitespace();
        }

        if (!at.TryReadChar(':'))
        {
            reader = afterHost;
            return true;
        }

        if (spaces)
        {
            at.SkipWhitespace();
        }

        var digits = at.Rest;
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? digits.Length : length;
        if (!SipGrammar.TryParseNumber(digits[..length], 65_535, out var number))
        {
            return false;
        }

        at.Skip(length);
        port = (int)number;
        reader = at;
        return true;
    }

    /// <summary>An address as received= and maddr= hold it, with or without brackets (RFC 5118 4.5).</summary>
    public static string Unbracket(string address) =>
        address is ['[', .. var inner, ']'] ? inner : address;

    private static bool TryReadHost(ref SipValueReader reader, out string host)
    {
        host = "";
        if (reader.Peek != '[')
        {
            var valid = reader.TryReadRun(NameChars, out var name);
            host = name.ToString();
            return valid;
        }

        var end = reader.Rest.IndexOf(']');
        if (end < 0 || !IsIpv6(reader.Rest[1..end]))
        {
            return false;
        }

        host = reader.Rest[1..end].ToString();
        reader.Skip(end + 1);
        return true;
    }

    private static bool IsIpv6(ReadOnlySpan<char> text) =>
        text.Length is > 1 and < 46 && !text.ContainsAnyExcept(Ipv6Chars) && IPAddress.TryParse(text, out _);
}
