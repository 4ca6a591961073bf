using System.Buffers;
using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>Percent escapes in URIs (RFC 3261 19.1.2 and 25.1; RFC 3986 6.2.2 for the normal form).</summary>
internal static class SipEscaping
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    private static readonly SearchValues<char> UnreservedChars = SearchValues.Create(Unreserved);

    /// <summary>What the user part may hold unescaped: unreserved and user-unreserved.</summary>
    public static SearchValues<char> User { get; } = SearchValues.Create(Unreserved + "&=+$,;?/");

    /// <summary>As <see cref="User"/> without what ends the number of a tel URI.</summary>
    public static SearchValues<char> Tel { get; } = SearchValues.Create(Unreserved + "&=+$,/");

    public static SearchValues<char> Password { get; } = SearchValues.Create(Unreserved + "&=+$,");

    public static SearchValues<char> Parameter { get; } = SearchValues.Create(Unreserved + "[]/:&+$");

    public static SearchValues<char> Header { get; } = SearchValues.Create(Unreserved + "[]/?:+$");

    /// <summary>
    /// Brings text off the wire into the one form that compares: escapes of unreserved characters are resolved, other escapes are in upper
    /// case,
    /// and what should have been escaped is. False on a broken escape, a space or a control character.
    /// </summary>
    public static bool TryNormalise(ReadOnlySpan<char> source, SearchValues<char> allowed, out string normal)
    {
        normal = "";
        if (!source.ContainsAnyExcept(allowed))
        {
            normal = source.ToString();
            return true;
        }

        var text = new StringBuilder(source.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        while (!source.IsEmpty)
        {
            if (source[0] == '%')
            {
                if (source.Length < 3 || !char.IsAsciiHexDigit(source[1]) || !char.IsAsciiHexDigit(source[2]))
                {
                    return false;
                }

                AppendOctet(text, FromHex(source[1], source[2]));
                source = source[3..];
                continue;
            }

            if (source[0] is <= ' ' or '\x7f' or '<' or '>' or '"')
            {
                return false;
            }

            Rune.DecodeFromUtf16(source, out var rune, out var consumed);
            AppendRune(text, rune, allowed, utf8);
            source = source[consumed..];
        }

        normal = text.ToString();
        return true;
    }

    /// <summary>Escapes plain text. Any text can be escaped; a percent sign stands for itself.</summary>
    public static string Escape(string plain, SearchValues<char> allowed)
    {
        if (!plain.AsSpan().ContainsAnyExcept(allowed))
        {
            return plain;
        }

        var text = new StringBuilder(plain.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in plain.EnumerateRunes())
        {
            AppendRune(text, rune, allowed, utf8);
        }

        return text.ToString();
    }

    /// <summary>Resolves the escapes; octets that are no UTF-8 become U+FFFD.</summary>
    public static string Unescape(string escaped)
    {
        if (!escaped.Contains('%', StringComparison.Ordinal))
        {
            return escaped;
        }

        var octets = new byte[Encoding.UTF8.GetMaxByteCount(escaped.Length)];
        var count = 0;
        var source = escaped.AsSpan();
        while (!source.IsEmpty)
        {
            if (source is ['%', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
            {
                octets[count++] = FromHex(high, low);
                source = source[3..];
                continue;
            }

            Rune.DecodeFromUtf16(source, out var rune, out var consumed);
            count += rune.EncodeToUtf8(octets.AsSpan(count));
            source = source[consumed..];
        }

        return Encoding.UTF8.GetString(octets, 0, count);
    }

    private static void AppendRune(StringBuilder text, Rune rune, SearchValues<char> allowed, Span<byte> utf8)
    {
        if (rune.IsAscii && allowed.Contains((char)rune.Value))
        {
            text.Append((char)rune.Value);
            return;
        }

        foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
        {
            AppendEscape(text, octet);
        }
    }

    private static void AppendOctet(StringBuilder text, byte octet)
    {
        if (octet < 0x80 && UnreservedChars.Contains((char)octet))
        {
            text.Append((char)octet);
            return;
        }

        AppendEscape(text, octet);
    }

    private static void AppendEscape(StringBuilder text, byte octet) =>
        text.Append('%').Append(Convert.ToHexString([octet]));

    private static byte FromHex(char high, char low) => (byte)((Digit(high) << 4) | Digit(low));

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
