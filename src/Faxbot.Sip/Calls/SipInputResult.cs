namespace Faxbot.Sip.Calls;

/// <summary>What became of a datagram; for the caller's counters and debug log.</summary>
public enum SipInputResult
{
    /// <summary>A request or response that a transaction, a call or the user agent itself took.</summary>
    Handled,

    /// <summary>Only line ends: a keep-alive.</summary>
    KeepAlive,

    /// <summary>Not SIP, or damaged so much that it cannot be answered; dropped.</summary>
    Unreadable,

    /// <summary>A damaged request; answered with 400 or 505.</summary>
    AnsweredAsBad,

    /// <summary>A response or ACK that belongs to nothing (RFC 3261 18.1.2, RFC 6026 7.3); dropped.</summary>
    Stray,

    /// <summary>A limit of the options is reached: a request is answered with 503 without keeping state.</summary>
    Overloaded,

    /// <summary>An INVITE or MESSAGE of one who gets no answer (<see cref="SipUserAgent.Ignores"/>); dropped.</summary>
    Ignored,
}
