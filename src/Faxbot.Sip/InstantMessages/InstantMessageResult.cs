using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.InstantMessages;

/// <summary>What became of an instant message at the next hop.</summary>
/// <param name="Response">The 2xx: 200 where it was taken for the recipient, 202 where it is kept to be passed on; null when there was none.</param>
/// <param name="Failure">Why there was none; null when there was one.</param>
/// <param name="Hop">Where it went, over the transport that was used.</param>
/// <param name="Elapsed">From the last sending anew, after a challenge or at the start, to the end.</param>
public sealed record InstantMessageResult(SipResponse? Response, SipFailure? Failure, SipHop Hop, TimeSpan Elapsed)
{
    /// <summary>The next hop took it; whether it reaches anybody is not said by that.</summary>
    public bool IsTaken => Response is not null;
}
