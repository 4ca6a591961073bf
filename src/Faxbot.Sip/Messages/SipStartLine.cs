namespace Faxbot.Sip.Messages;

/// <summary>Request-Line and Status-Line (RFC 3261 7.1, 7.2).</summary>
internal static class SipStartLine
{
    private const string Version = "SIP/2.0";

    /// <summary>
    /// Reads the line; the message is also made, with an error, where the line is a request's in intent, so that it can be answered.
    /// </summary>
    public static SipParseError TryRead(ReadOnlySpan<char> line, SipLimits limits, SipHeaderList headers, out SipMessage? message)
    {
        message = null;
        if (line.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase))
        {
            return TryReadStatus(line, headers, out message);
        }

        var firstSpace = line.IndexOf(' ');
        var lastSpace = line.TrimEnd(' ').LastIndexOf(' ');
        if (firstSpace <= 0 || lastSpace <= firstSpace || !SipMethod.TryParse(line[..firstSpace], out var method))
        {
            return SipParseError.BadStartLine;
        }

        var version = line[(lastSpace + 1)..];
        var uriText = line[(firstSpace + 1)..lastSpace];
        if (!version.StartsWith("SIP/", StringComparison.OrdinalIgnoreCase))
        {
            return SipParseError.BadStartLine;
        }

        var error = ReadUri(uriText, limits, out var uri);
        message = new SipRequest(method, uri, headers);
        if (version.Equals(Version, StringComparison.OrdinalIgnoreCase))
        {
            return error;
        }

        // RFC 4475 3.1.2.9 and 3.1.2.16: trailing space spoils the line, another version is answered with 505.
        return version.EndsWith(" ", StringComparison.Ordinal) ? SipParseError.BadStartLine : SipParseError.UnsupportedVersion;
    }

    private static SipParseError ReadUri(ReadOnlySpan<char> text, SipLimits limits, out SipUri uri)
    {
        uri = SipUri.Empty;
        if (text.Length > limits.MaxUriLength)
        {
            return SipParseError.UriTooLong;
        }

        // Two spaces in a row are a fault of the line, one is a fault of the URI (RFC 4475 3.1.2.7 to 3.1.2.9).
        if (text.IsEmpty || text[0] == ' ' || text[^1] == ' ')
        {
            return SipParseError.BadStartLine;
        }

        if (!SipUri.TryParse(text, out var parsed) || parsed.Headers.Count > 0)
        {
            return SipParseError.BadRequestUri;
        }

        uri = parsed;
        return SipParseError.None;
    }

    private static SipParseError TryReadStatus(ReadOnlySpan<char> line, SipHeaderList headers, out SipMessage? message)
    {
        message = null;
        var space = line.IndexOf(' ');
        if (space < 0)
        {
            return SipParseError.BadStartLine;
        }

        if (!line[..space].Equals(Version, StringComparison.OrdinalIgnoreCase))
        {
            return SipParseError.UnsupportedVersion;
        }

        var rest = line[(space + 1)..];
        var codeEnd = rest.IndexOf(' ');
        var code = codeEnd < 0 ? rest : rest[..codeEnd];
        if (code.Length != 3 || !SipGrammar.TryParseNumber(code, 699, out var status) || status < 100)
        {
            return SipParseError.BadStatusCode;
        }

        // The space behind the code is written even before an empty phrase; some devices leave both away.
        var reason = codeEnd < 0 ? default : rest[(codeEnd + 1)..];
        if (reason.ContainsAny(SipGrammar.LineEnds))
        {
            return SipParseError.BadStartLine;
        }

        message = new SipResponse((int)status, reason.ToString(), headers);
        return SipParseError.None;
    }
}
