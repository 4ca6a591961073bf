namespace Faxbot.Sip.Calls;

/// <summary>Where a call stands.</summary>
public enum SipCallState
{
    /// <summary>An INVITE without a final response.</summary>
    Early,

    /// <summary>Answered. The state begins with our own 2xx also while its ACK is not here yet.</summary>
    Connected,

    /// <summary>CANCEL or BYE is on its way; the last event follows.</summary>
    Ending,

    /// <summary>The last event was emitted.</summary>
    Ended,
}
