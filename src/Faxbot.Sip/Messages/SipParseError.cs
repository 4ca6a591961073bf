namespace Faxbot.Sip.Messages;

/// <summary>Why octets were refused as a SIP message, or <see cref="None"/>.</summary>
public enum SipParseError
{
    /// <summary>A valid message.</summary>
    None,
    /// <summary>Nothing but line ends: a keep-alive (RFC 5626 3.5.1), no message.</summary>
    Empty,
    /// <summary>More octets than <see cref="SipLimits.MaxMessageLength"/>.</summary>
    MessageTooLarge,
    /// <summary>The start line is too long, or neither a request line nor a status line.</summary>
    BadStartLine,
    /// <summary>A well-formed start line of another SIP version: answer 505.</summary>
    UnsupportedVersion,
    /// <summary>The Request-URI cannot be read, has spaces or angle brackets, or carries headers (RFC 3261 19.1.1): answer 400.</summary>
    BadRequestUri,
    /// <summary>The status code is not of three digits from 100 to 699.</summary>
    BadStatusCode,
    /// <summary>The headers do not end with an empty line.</summary>
    UnterminatedHeaders,
    /// <summary>A line is no header field: no colon, or no token before it.</summary>
    BadHeaderLine,
    /// <summary>A header field beyond <see cref="SipLimits.MaxHeaderLength"/>.</summary>
    HeaderTooLong,
    /// <summary>More header fields than <see cref="SipLimits.MaxHeaderCount"/>.</summary>
    TooManyHeaders,
    /// <summary>A list longer than <see cref="SipLimits.MaxListEntries"/>.</summary>
    TooManyListEntries,
    /// <summary>A URI beyond <see cref="SipLimits.MaxUriLength"/>.</summary>
    UriTooLong,
    /// <summary>Via, From, To, Call-ID or CSeq is absent (RFC 3261 8.1.1).</summary>
    MissingHeader,
    /// <summary>A header field that may stand only once stands twice (RFC 3261 7.3.1).</summary>
    DuplicateHeader,
    /// <summary>A Via value cannot be read.</summary>
    BadVia,
    /// <summary>From cannot be read.</summary>
    BadFrom,
    /// <summary>To cannot be read.</summary>
    BadTo,
    /// <summary>Call-ID is empty or has spaces.</summary>
    BadCallId,
    /// <summary>CSeq cannot be read or its number is not below 2^31 (RFC 3261 8.1.1.5).</summary>
    BadCSeq,
    /// <summary>The method of CSeq is not the one of the request line.</summary>
    MethodMismatch,
    /// <summary>A Contact value cannot be read.</summary>
    BadContact,
    /// <summary>A Route or Record-Route value cannot be read.</summary>
    BadRoute,
    /// <summary>Max-Forwards is not a number from 0 to 255.</summary>
    BadMaxForwards,
    /// <summary>Content-Length is not a number, or two values differ.</summary>
    BadContentLength,
    /// <summary>The body is shorter than Content-Length says (RFC 3261 18.3).</summary>
    TruncatedBody,
}
