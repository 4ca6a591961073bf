using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>
/// What happened to a call. An outgoing call yields any number of <see cref="Provisional"/>, then <see cref="Answered"/>, <see cref="Failed"/> or
/// <see cref="Cancelled"/>; an incoming one begins with <see cref="Incoming"/>. After its last event (<see cref="Failed"/>, <see cref="Cancelled"/> or
/// <see cref="Ended"/>, exactly one of them) a call emits nothing more.
/// </summary>
/// <param name="Call">The call.</param>
public abstract record SipCallEvent(SipCall Call)
{
    /// <summary>The call is over; no event of it follows.</summary>
    public bool IsLast => this is Failed or Cancelled or Ended;

    /// <summary>101 to 199 for our INVITE: 180 rings, 183 mostly has early media.</summary>
    public sealed record Provisional(SipCall Call, SipResponse Response, SipBody? Body) : SipCallEvent(Call);

    /// <summary>Our INVITE was accepted, the ACK is on its way.</summary>
    public sealed record Answered(SipCall Call, SipResponse Response, SipBody? Body) : SipCallEvent(Call);

    /// <summary>Our INVITE was refused or came to nothing. Last event.</summary>
    public sealed record Failed(SipCall Call, SipFailure Failure) : SipCallEvent(Call);

    /// <summary>The unanswered call was cancelled: an outgoing one by us, an incoming one by the peer. Last event.</summary>
    public sealed record Cancelled(SipCall Call, IReadOnlyList<SipReason> Reasons) : SipCallEvent(Call);

    /// <summary>Somebody calls. Next is <see cref="SipCall.Ring"/>, <see cref="SipCall.Answer"/>, <see cref="SipCall.Reject"/> or
    /// <see cref="SipCall.Challenge"/>.</summary>
    /// <param name="Call">The new call.</param>
    /// <param name="Request">The INVITE.</param>
    /// <param name="Body">The offer; null asks us to offer in the answer.</param>
    /// <param name="Peer">Where the INVITE came from.</param>
    public sealed record Incoming(SipCall Call, SipRequest Request, SipBody? Body, SipHop Peer) : SipCallEvent(Call);

    /// <summary>The peer acknowledged our 2xx to its INVITE or re-INVITE.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Body">The peer's answer where the offer was ours, else null.</param>
    /// <param name="IsReinvite">It was a re-INVITE's.</param>
    public sealed record Acknowledged(SipCall Call, SipBody? Body, bool IsReinvite) : SipCallEvent(Call);

    /// <summary>The peer wants to change the session (re-INVITE, or UPDATE with a body). Next is <see cref="SipCall.AnswerReinvite"/> or
    /// <see cref="SipCall.RejectReinvite"/>. An offer that repeats the last one is a refresh, is answered with our last description and not reported.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Request">The request.</param>
    /// <param name="Body">The offer; null asks us to offer in the answer.</param>
    public sealed record Offered(SipCall Call, SipRequest Request, SipBody? Body) : SipCallEvent(Call);

    /// <summary>The peer cancelled its re-INVITE before we answered; the session stays as it was.</summary>
    public sealed record OfferWithdrawn(SipCall Call) : SipCallEvent(Call);

    /// <summary>Our re-INVITE was accepted.</summary>
    public sealed record ReinviteAnswered(SipCall Call, SipResponse Response, SipBody? Body) : SipCallEvent(Call);

    /// <summary>Our re-INVITE was refused; the session stays as it was (RFC 3261 14.1).</summary>
    public sealed record ReinviteFailed(SipCall Call, SipFailure Failure) : SipCallEvent(Call);

    /// <summary>Our re-INVITE met one of the peer's (491), or came while the peer was busy (500 with Retry-After). It is sent again after the delay;
    /// <see cref="SipCall.AbandonReinvite"/> gives it up.</summary>
    public sealed record ReinviteDelayed(SipCall Call, TimeSpan Delay, SipResponse Response) : SipCallEvent(Call);

    /// <summary>The call is over. Last event.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Cause">By whom or what.</param>
    /// <param name="Reasons">The Reason header fields of the peer's BYE.</param>
    public sealed record Ended(SipCall Call, SipEndCause Cause, IReadOnlyList<SipReason> Reasons) : SipCallEvent(Call);
}
