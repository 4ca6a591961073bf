namespace Faxbot.Sip.Messages;

/// <summary>A request (RFC 3261 7.1).</summary>
public sealed class SipRequest : SipMessage
{
    public SipRequest(SipMethod method, SipUri requestUri)
        : this(method, requestUri, new SipHeaderList())
    {
    }

    internal SipRequest(SipMethod method, SipUri requestUri, SipHeaderList headers)
        : base(headers)
    {
        Method = method;
        RequestUri = requestUri;
    }

    public SipMethod Method { get; }

    public SipUri RequestUri { get; set; }

    public override string StartLine => $"{Method} {RequestUri} SIP/2.0";

    /// <summary>A copy that can be changed by itself; the body's octets are shared.</summary>
    public SipRequest Clone() => new(Method, RequestUri, Headers.Clone()) { Body = Body };

    /// <summary>
    /// A response with what 8.2.6.2 has a server copy: Vias, From, To, Call-ID and CSeq, in that order. <paramref name="toTag"/> is added
    /// to To
    /// unless it has a tag already or the status is 100; Timestamp is copied into 100 (8.2.6.1).
    /// </summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">The reason phrase; null takes the standard's.</param>
    /// <param name="toTag">Our tag.</param>
    public SipResponse CreateResponse(int status, string? reason = null, string? toTag = null)
    {
        var response = new SipResponse(status, reason);
        response.Headers.CopyFrom(Headers, SipHeaderNames.Via);
        response.Headers.CopyFirstFrom(Headers, SipHeaderNames.From);
        response.Headers.CopyFirstFrom(Headers, SipHeaderNames.To);
        response.Headers.CopyFirstFrom(Headers, SipHeaderNames.CallId);
        response.Headers.CopyFirstFrom(Headers, SipHeaderNames.CSeq);
        if (status == 100)
        {
            response.Headers.CopyFrom(Headers, "Timestamp");
        }
        else if (toTag is not null && response.Headers.To is { Tag: null } to)
        {
            response.Headers.To = to.WithTag(toTag);
        }

        return response;
    }
}
