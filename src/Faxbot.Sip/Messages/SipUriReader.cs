namespace Faxbot.Sip.Messages;

/// <summary>The parts of a URI behind its scheme (RFC 3261 25.1, RFC 3966 3).</summary>
internal static class SipUriReader
{
    public static bool TryReadSip(string scheme, ReadOnlySpan<char> rest, out SipUri uri)
    {
        uri = SipUri.Empty;
        string? user = null;
        string? password = null;
        var at = rest.IndexOf('@');
        if (at >= 0)
        {
            if (!TryReadUserInfo(rest[..at], out user, out password))
            {
                return false;
            }

            rest = rest[(at + 1)..];
        }

        var reader = new SipValueReader(rest);
        if (!SipHost.TryRead(ref reader, spaces: false, out var host, out var port))
        {
            return false;
        }

        rest = reader.Rest;
        var question = rest.IndexOf('?');
        var parameterText = question < 0 ? rest : rest[..question];
        var headers = SipParameters.Empty;
        if (!TryReadParameters(parameterText, out var parameters)
            || (question >= 0 && !TryReadHeaders(rest[(question + 1)..], out headers)))
        {
            return false;
        }

        uri = SipUri.FromEscaped(scheme, user, password, host) with { Port = port, Parameters = parameters, Headers = headers };
        return true;
    }

    public static bool TryReadTel(ReadOnlySpan<char> rest, out SipUri uri)
    {
        uri = SipUri.Empty;
        var semicolon = rest.IndexOf(';');
        var number = semicolon < 0 ? rest : rest[..semicolon];
        var parameters = SipParameters.Empty;
        if (number.IsEmpty || !SipEscaping.TryNormalise(number, SipEscaping.Tel, out var user)
            || (semicolon >= 0 && !TryReadParameters(rest[semicolon..], out parameters)))
        {
            return false;
        }

        uri = SipUri.FromEscaped("tel", user, null, null) with { Parameters = parameters };
        return true;
    }

    public static bool TryReadOpaque(string scheme, ReadOnlySpan<char> rest, out SipUri uri)
    {
        uri = SipUri.Empty;
        if (rest.IsEmpty)
        {
            return false;
        }

        foreach (var c in rest)
        {
            if (c is <= ' ' or '\x7f' or '<' or '>' or '"')
            {
                return false;
            }
        }

        uri = SipUri.FromOpaque(scheme, rest.ToString());
        return true;
    }

    private static bool TryReadUserInfo(ReadOnlySpan<char> text, out string? user, out string? password)
    {
        password = null;
        var colon = text.IndexOf(':');
        var userText = colon < 0 ? text : text[..colon];
        if (!SipEscaping.TryNormalise(userText, SipEscaping.User, out user))
        {
            return false;
        }

        return user.Length > 0 && (colon < 0 || SipEscaping.TryNormalise(text[(colon + 1)..], SipEscaping.Password, out password));
    }

    /// <summary>
    /// *( ";" uri-parameter ); an empty one between two semicolons is passed over, as old devices end a URI with a semicolon.
    /// </summary>
    private static bool TryReadParameters(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = SipParameters.Empty;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != ';')
        {
            return false;
        }

        return TryReadPairs(text[1..], ';', SipEscaping.Parameter, valueNeeded: false, out parameters);
    }

    private static bool TryReadHeaders(ReadOnlySpan<char> text, out SipParameters headers) =>
        TryReadPairs(text, '&', SipEscaping.Header, valueNeeded: true, out headers) && headers.Count > 0;

    private static bool TryReadPairs(
        ReadOnlySpan<char> text, char separator, System.Buffers.SearchValues<char> allowed, bool valueNeeded, out SipParameters pairs)
    {
        pairs = SipParameters.Empty;
        var list = new List<SipParameter>();
        foreach (var range in text.Split(separator))
        {
            var part = text[range];
            if (part.IsEmpty)
            {
                continue;
            }

            var equals = part.IndexOf('=');
            var nameText = equals < 0 ? part : part[..equals];
            string? value = null;
            if (nameText.IsEmpty || !SipEscaping.TryNormalise(nameText, allowed, out var name)
                || (equals < 0 ? valueNeeded : !SipEscaping.TryNormalise(part[(equals + 1)..], allowed, out value)))
            {
                return false;
            }

            list.Add(new SipParameter(name, value));
        }

        pairs = new SipParameters(list);
        return true;
    }
}
