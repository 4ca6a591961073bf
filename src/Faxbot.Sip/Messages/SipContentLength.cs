namespace Faxbot.Sip.Messages;

/// <summary>Content-Length as a stream needs it: before the message is read (RFC 3261 20.14).</summary>
internal static class SipContentLength
{
    /// <summary>Looks through the headers; none means no body, for on a stream the field is mandatory when there is one.</summary>
    public static SipParseError TryFind(ReadOnlySpan<byte> headers, out int length)
    {
        length = 0;
        var found = -1L;
        var lines = new SipLineReader(headers);
        while (lines.TryReadFolded(out var line))
        {
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || !IsContentLength(line[..colon].TrimEnd(" \t"u8)))
            {
                continue;
            }

            var value = SipMessageReader.Decode(line[(colon + 1)..].Trim(" \t\r\n"u8));
            if (!SipGrammar.TryParseNumber(value, int.MaxValue, out var number) || (found >= 0 && found != number))
            {
                return SipParseError.BadContentLength;
            }

            found = number;
        }

        length = (int)Math.Max(found, 0);
        return SipParseError.None;
    }

    private static bool IsContentLength(ReadOnlySpan<byte> name) =>
        name.Length is 1 or 14
        && (System.Text.Ascii.EqualsIgnoreCase(name, "Content-Length"u8) || System.Text.Ascii.EqualsIgnoreCase(name, "l"u8));
}
