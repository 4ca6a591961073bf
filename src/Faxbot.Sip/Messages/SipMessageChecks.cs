namespace Faxbot.Sip.Messages;

/// <summary>What RFC 3261 8.1.1 and 20 ask of every message, whatever its purpose.</summary>
internal static class SipMessageChecks
{
    private static readonly (string Name, SipParseError Bad)[] Mandatory =
    [
        (SipHeaderNames.Via, SipParseError.BadVia),
        (SipHeaderNames.From, SipParseError.BadFrom),
        (SipHeaderNames.To, SipParseError.BadTo),
        (SipHeaderNames.CallId, SipParseError.BadCallId),
        (SipHeaderNames.CSeq, SipParseError.BadCSeq),
    ];

    private static readonly string[] Singular =
    [
        SipHeaderNames.From, SipHeaderNames.To, SipHeaderNames.CallId, SipHeaderNames.CSeq, SipHeaderNames.MaxForwards,
        SipHeaderNames.ContentType,
    ];

    /// <summary>Checks the fields.</summary>
    /// <param name="message">The message.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="answerable">The five mandatory fields can be read, so a response can be made.</param>
    public static SipParseError Check(SipMessage message, SipLimits limits, out bool answerable)
    {
        var headers = message.Headers;
        var error = CheckMandatory(headers);
        answerable = error == SipParseError.None;
        if (!answerable)
        {
            return error;
        }

        foreach (var name in Singular)
        {
            if (headers.GetAll(name).Count > 1)
            {
                return SipParseError.DuplicateHeader;
            }
        }

        if (message is SipRequest request && request.Method != request.CSeq.Method)
        {
            return SipParseError.MethodMismatch;
        }

        return CheckOptional(headers, limits);
    }

    private static SipParseError CheckMandatory(SipHeaderList headers)
    {
        foreach (var (name, bad) in Mandatory)
        {
            if (!headers.Contains(name))
            {
                return SipParseError.MissingHeader;
            }

            var readable = name switch
            {
                SipHeaderNames.Via => headers.TopVia is not null,
                SipHeaderNames.From => headers.From is not null,
                SipHeaderNames.To => headers.To is not null,
                SipHeaderNames.CSeq => headers.CSeq is not null,
                _ => headers.CallId is { Length: > 0 } callId && !callId.AsSpan().ContainsAnyExcept(SipGrammar.WordChars),
            };
            if (!readable)
            {
                return bad;
            }
        }

        return SipParseError.None;
    }

    private static SipParseError CheckOptional(SipHeaderList headers, SipLimits limits)
    {
        if (headers.Vias.Count != headers.GetAll(SipHeaderNames.Via).Count)
        {
            return SipParseError.BadVia;
        }

        var contacts = headers.GetAll(SipHeaderNames.Contact).Count;
        if (headers.Contacts.Count != contacts && !(headers.IsContactWildcard && contacts == 1))
        {
            return SipParseError.BadContact;
        }

        if (headers.Routes.Count != headers.GetAll(SipHeaderNames.Route).Count
            || headers.RecordRoutes.Count != headers.GetAll(SipHeaderNames.RecordRoute).Count)
        {
            return SipParseError.BadRoute;
        }

        if (headers.Contains(SipHeaderNames.MaxForwards) && headers.MaxForwards is null)
        {
            return SipParseError.BadMaxForwards;
        }

        return IsTooLong(headers, limits) ? SipParseError.UriTooLong : SipParseError.None;
    }

    private static bool IsTooLong(SipHeaderList headers, SipLimits limits)
    {
        var routes = headers.Routes.Concat(headers.RecordRoutes);
        foreach (var address in headers.Contacts.Concat(routes).Append(headers.From).Append(headers.To))
        {
            if (address!.Uri.ToString().Length > limits.MaxUriLength)
            {
                return true;
            }
        }

        return false;
    }
}
