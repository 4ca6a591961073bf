using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>An OPTIONS request outside a call and its outcome: whether a trunk is alive, and how long the answer took.</summary>
/// <param name="Target">The request URI.</param>
/// <param name="NextHop">Where it was sent.</param>
public sealed record SipPing(SipUri Target, SipHop NextHop)
{
    /// <summary>Any final response counts as a sign of life; null when there was none.</summary>
    public SipResponse? Response { get; init; }

    /// <summary>Why there was no response, null when there was one.</summary>
    public SipFailure? Failure { get; init; }

    /// <summary>From the first send to the final response or the failure.</summary>
    public TimeSpan Elapsed { get; init; }

    public bool IsAlive => Response is not null;
}
