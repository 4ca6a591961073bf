using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>Octets to a message: lines, then fields, then the checks that RFC 3261 asks of each message.</summary>
internal static class SipMessageReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static SipParseError TryRead(ReadOnlySpan<byte> source, SipLimits limits, out SipMessage? message)
    {
        message = null;
        if (source.Length > limits.MaxMessageLength)
        {
            return SipParseError.MessageTooLarge;
        }

        var lines = new SipLineReader(source);
        lines.SkipLineEnds();
        if (lines.Rest.IsEmpty)
        {
            return SipParseError.Empty;
        }

        if (!lines.TryReadLine(out var startLine) || startLine.Length > limits.MaxStartLineLength)
        {
            return SipParseError.BadStartLine;
        }

        var headers = new SipHeaderList();
        var startError = SipStartLine.TryRead(Decode(startLine), limits, headers, out var read);
        if (read is null)
        {
            return startError;
        }

        var headerError = ReadHeaders(ref lines, limits, headers, out var length);
        var bodyError = headerError == SipParseError.None ? ReadBody(lines.Rest, length, read) : headerError;
        var checkError = SipMessageChecks.Check(read, limits, out var answerable);
        message = answerable ? read : null;
        return FirstOf(startError, bodyError, checkError);
    }

    /// <summary>Text of a line; what is no UTF-8 is read as ISO 8859-1, as old devices write display names.</summary>
    public static string Decode(ReadOnlySpan<byte> octets) =>
        System.Text.Unicode.Utf8.IsValid(octets) ? StrictUtf8.GetString(octets) : Encoding.Latin1.GetString(octets);

    private static SipParseError FirstOf(SipParseError first, SipParseError second, SipParseError third) =>
        first != SipParseError.None ? first : second != SipParseError.None ? second : third;

    private static SipParseError ReadHeaders(ref SipLineReader lines, SipLimits limits, SipHeaderList headers, out long? contentLength)
    {
        contentLength = null;
        var firstError = SipParseError.None;
        while (lines.TryReadFolded(out var line))
        {
            if (line.IsEmpty)
            {
                return firstError;
            }

            var error = line.Length > limits.MaxHeaderLength ? SipParseError.HeaderTooLong
                : headers.Count >= limits.MaxHeaderCount ? SipParseError.TooManyHeaders
                : ReadHeader(line, limits, headers, ref contentLength);
            if (error is SipParseError.HeaderTooLong or SipParseError.TooManyHeaders or SipParseError.TooManyListEntries)
            {
                return error;
            }

            firstError = firstError == SipParseError.None ? error : firstError;
        }

        return SipParseError.UnterminatedHeaders;
    }

    private static SipParseError ReadHeader(ReadOnlySpan<byte> line, SipLimits limits, SipHeaderList headers, ref long? contentLength)
    {
        var text = Decode(line).AsSpan();
        var colon = text.IndexOf(':');
        var name = colon < 0 ? default : text[..colon].TrimEnd(" \t");
        if (!SipGrammar.IsToken(name))
        {
            return SipParseError.BadHeaderLine;
        }

        var canonical = SipHeaderNames.Canonical(name);
        if (!TryUnfold(text[(colon + 1)..], out var value))
        {
            return SipParseError.BadHeaderLine;
        }

        if (canonical == SipHeaderNames.ContentLength)
        {
            return ReadContentLength(value, ref contentLength);
        }

        return headers.AddFromWire(canonical, value, limits);
    }

    // RFC 4475 3.3.9: two different lengths make the message unreadable.
    private static SipParseError ReadContentLength(string value, ref long? contentLength)
    {
        if (!SipGrammar.TryParseNumber(value, int.MaxValue, out var length) || (contentLength is { } earlier && earlier != length))
        {
            return SipParseError.BadContentLength;
        }

        contentLength = length;
        return SipParseError.None;
    }

    /// <summary>Each fold becomes one space (RFC 3261 7.3.1). A CR that is part of no line end has no place in a value.</summary>
    private static bool TryUnfold(ReadOnlySpan<char> raw, out string value)
    {
        raw = SipGrammar.Trim(raw);
        value = "";
        if (!raw.ContainsAny(SipGrammar.LineEnds))
        {
            value = raw.ToString();
            return true;
        }

        var text = new StringBuilder(raw.Length);
        while (raw.IndexOf('\n') is var end and >= 0)
        {
            var line = raw[..end];
            text.Append(line is [.. var inner, '\r'] ? inner.TrimEnd(" \t") : line.TrimEnd(" \t")).Append(' ');
            raw = raw[(end + 1)..].TrimStart(" \t");
        }

        value = text.Append(raw).ToString().Trim(' ');
        return !value.AsSpan().ContainsAny(SipGrammar.LineEnds);
    }

    // RFC 3261 18.3: octets behind the body are dropped, a body shorter than Content-Length is an error; without the field, a datagram's
    // rest is the body.
    private static SipParseError ReadBody(ReadOnlySpan<byte> rest, long? contentLength, SipMessage message)
    {
        var length = contentLength ?? rest.Length;
        if (length > rest.Length)
        {
            return SipParseError.TruncatedBody;
        }

        message.Body = rest[..(int)length].ToArray();
        return SipParseError.None;
    }
}
