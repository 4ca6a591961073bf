namespace Faxbot.Sip.Calls;

/// <summary>How an established, or a never answered incoming, call came to its end.</summary>
public enum SipEndCause
{
    /// <summary>We hung up, or refused the incoming call.</summary>
    Local,

    /// <summary>The peer sent BYE.</summary>
    Remote,

    /// <summary>The peer never acknowledged our 2xx (RFC 3261 13.3.1.4).</summary>
    NoAck,

    /// <summary>The peer answered a request within the call with 481 or 408, or not at all (RFC 3261 12.2.1.2).</summary>
    DialogLost,

    /// <summary>The session was not refreshed in time (RFC 4028 10).</summary>
    SessionExpired,
}
