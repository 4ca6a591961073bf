using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>Who may offer what when, within an established call (RFC 3261 14, RFC 3264 8): one offer at a time, of whichever side.</summary>
internal sealed class SessionOffers(InviteSession session)
{
    private OutgoingReinvite? _ours;
    private OutgoingReinvite? _next;
    private IncomingOffer? _theirs;

    /// <summary>The last description that we gave and that stands.</summary>
    public SipBody? LocalBody { get; set; }

    /// <summary>The last description of the peer's that stands.</summary>
    public SipBody? RemoteBody { get; set; }

    /// <summary>RFC 3261 14.1: no INVITE while another one of either side is in progress.</summary>
    public bool CanInvite => session.IsOpen && _theirs is null && !session.AwaitsAck;

    private UserAgentCore Core => session.Core;

    // Ours.

    public bool Reinvite(SipBody body, TimeSpan now)
    {
        if (!session.IsOpen || _next is not null || _ours is { IsRefresh: false })
        {
            return false;
        }

        var reinvite = new OutgoingReinvite(session, body, isRefresh: false);
        if (_ours is { IsSent: true })
        {
            _next = reinvite;
            return true;
        }

        // A refresh that is not on the wire is superseded: the re-INVITE refreshes as well.
        _ours?.Stop(now);
        _ours = reinvite;
        reinvite.TryStart(now);
        return true;
    }

    public bool AbandonReinvite()
    {
        if (_next is not null)
        {
            _next = null;
            return true;
        }

        if (_ours is not { IsSent: false, IsRefresh: false } waiting)
        {
            return false;
        }

        waiting.Abandon();
        _ours = null;
        return true;
    }

    /// <summary>Repeats our description because the session timer asks for it (RFC 4028 7.4); any INVITE of ours that is underway does as well.</summary>
    public void Refresh(TimeSpan now)
    {
        if (session.IsOpen && _ours is null && LocalBody is { } body)
        {
            _ours = new OutgoingReinvite(session, body, isRefresh: true);
            _ours.TryStart(now);
        }
    }

    /// <summary>Sends what waited for another INVITE to end.</summary>
    public void Continue(TimeSpan now) => _ours?.TryStart(now);

    /// <summary>A re-INVITE of ours is done, with whatever outcome.</summary>
    public void HandleDone(OutgoingReinvite reinvite, TimeSpan now)
    {
        if (_ours == reinvite)
        {
            _ours = _next;
            _next = null;
            Continue(now);
        }
    }

    // Theirs.

    public void HandleOffer(ServerTransaction transaction, TimeSpan now)
    {
        if (!session.IsOpen)
        {
            Core.Respond(transaction, 487, now);
        }
        else if (_ours is { IsSent: true } || session.AwaitsAnswerInAck)
        {
            // RFC 3261 14.2 and RFC 3311 5.2: our own offer is open; the peer backs off and tries again.
            Core.Respond(transaction, 491, now);
        }
        else if (_theirs is not null)
        {
            Core.RespondTryLater(transaction, now);
        }
        else if (SessionTimer.IsTooShort(transaction.Request))
        {
            UasRules.RefuseInterval(Core, transaction, now);
        }
        else
        {
            session.Peer.Refresh(transaction.Request, transaction.Source);
            Open(new IncomingOffer(this, transaction), now);
        }
    }

    public bool Answer(SipBody body, TimeSpan now)
    {
        if (_theirs is not { } offer)
        {
            return false;
        }

        _theirs = null;
        Accept(offer, body, now);
        Continue(now);
        return true;
    }

    public bool Reject(int status, string? phrase, IReadOnlyList<SipHeader> headers, TimeSpan now)
    {
        if (_theirs is not { } offer)
        {
            return false;
        }

        _theirs = null;
        var response = Core.CreateResponse(offer.Transaction, status, phrase);
        foreach (var header in headers)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        offer.Transaction.Respond(response, now);
        Continue(now);
        return true;
    }

    public void HandleCancelled(IncomingOffer offer, TimeSpan now)
    {
        if (_theirs == offer)
        {
            RefuseOpen(now);
            session.Emit(new SipCallEvent.OfferWithdrawn(session.Call));
            Continue(now);
        }
    }

    /// <summary>The call ends: nothing of ours is sent any more, and an offer without an answer gets 487 (RFC 3261 15.1.2).</summary>
    public void Close(TimeSpan now)
    {
        RefuseOpen(now);
        _ours?.Stop(now);
        _ours = null;
        _next = null;
    }

    private void Open(IncomingOffer offer, TimeSpan now)
    {
        if (offer.Body is not null && offer.Body == RemoteBody && LocalBody is { } unchanged)
        {
            // RFC 4028 7.4: the same description again only keeps the session alive.
            Accept(offer, unchanged, now);
            return;
        }

        _theirs = offer;
        offer.Transaction.User = offer;
        if (offer.IsInvite)
        {
            Core.Respond(offer.Transaction, 100, now);
        }

        session.Emit(new SipCallEvent.Offered(session.Call, offer.Transaction.Request, offer.Body));
    }

    private void Accept(IncomingOffer offer, SipBody body, TimeSpan now)
    {
        var response = session.CreateSuccess(offer.Transaction, now);
        body.WriteTo(response);
        LocalBody = body;
        RemoteBody = offer.Body ?? RemoteBody;
        offer.Transaction.Respond(response, now);
        if (offer.IsInvite)
        {
            session.AwaitAck(offer.Transaction, isReinvite: true, expectsAnswer: offer.Body is null, now);
        }
    }

    private void RefuseOpen(TimeSpan now)
    {
        if (_theirs is { } offer)
        {
            _theirs = null;
            Core.Respond(offer.Transaction, 487, now);
        }
    }
}
