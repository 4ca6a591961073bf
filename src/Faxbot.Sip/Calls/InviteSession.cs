using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>An established call: the confirmed dialog, the offers of both sides, and the end.</summary>
internal sealed class InviteSession
{
    private readonly SipCall _call;
    private readonly List<SuccessRetransmission> _unacknowledged = [];
    private readonly SessionTimer _timer;
    private OutgoingReinvite? _change;
    private OutgoingReinvite? _next;
    private IncomingOffer? _offer;
    private bool _hangUpOnAck;
    private SipReason? _hangUpReason;
    private SipEndCause? _cause;
    private bool _isEnding;

    public InviteSession(SipCall call, DialogPeer peer)
    {
        _call = call;
        Peer = peer;
        _timer = new SessionTimer(peer.Core.Heap, Refresh, now => SendBye(SipEndCause.SessionExpired, null, now));
    }

    public DialogPeer Peer { get; }

    public SipDialog Dialog => Peer.Dialog;

    public UserAgentCore Core => Peer.Core;

    public SessionTimer Timer => _timer;

    /// <summary>The last description that we gave and that stands; null before the first.</summary>
    public SipBody? LocalBody { get; set; }

    /// <summary>The last description of the peer's that stands.</summary>
    public SipBody? RemoteBody { get; set; }

    /// <summary>BYE went out or came in; nothing is offered any more.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>RFC 3261 14.1: no INVITE while another one of either side is in progress.</summary>
    public bool CanInvite => _offer is null && _unacknowledged.Count == 0 && !_isEnding;

    public void Emit(SipCallEvent @event)
    {
        if (!_isEnding && !_hangUpOnAck)
        {
            _call.Emit(@event);
        }
    }

    public SipCall Call => _call;

    // Ours.

    public bool Reinvite(SipBody body, TimeSpan now)
    {
        if (_isEnding || _hangUpOnAck || _next is not null || _change is { IsRefresh: false })
        {
            return false;
        }

        var reinvite = new OutgoingReinvite(this, body, isRefresh: false);
        if (_change is { IsSent: true })
        {
            _next = reinvite;
            return true;
        }

        // A refresh that is not on the wire is superseded: the re-INVITE refreshes as well.
        _change?.Stop();
        _change = reinvite;
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

        if (_change is not { IsSent: false, IsRefresh: false } change)
        {
            return false;
        }

        change.Stop();
        _change = null;
        return true;
    }

    /// <summary>Our re-INVITE is done, with whatever outcome.</summary>
    public void HandleChangeDone(OutgoingReinvite change, TimeSpan now)
    {
        if (_change == change)
        {
            _change = _next;
            _next = null;
            _change?.TryStart(now);
        }
    }

    private void Refresh(TimeSpan now)
    {
        if (_isEnding || _change is not null || LocalBody is not { } body)
        {
            return;
        }

        _change = new OutgoingReinvite(this, body, isRefresh: true);
        _change.TryStart(now);
    }

    // The peer's.

    public void HandleRequest(ServerTransaction transaction, TimeSpan now)
    {
        var request = transaction.Request;
        transaction.LocalTag = Dialog.LocalTag;
        if (!Dialog.TryAdvance(request.CSeq))
        {
            Core.Respond(transaction, 500, now);
        }
        else if (request.Method == SipMethod.Bye)
        {
            Core.Respond(transaction, 200, now);
            RefuseOffer(487, now);
            End(SipEndCause.Remote, request.Headers.Reasons);
        }
        else if (request.Method == SipMethod.Invite || (request.Method == SipMethod.Update && !request.Body.IsEmpty))
        {
            HandleOffer(transaction, now);
        }
        else
        {
            RoutineAnswers.Answer(Core, transaction, this, now);
        }
    }

    public bool HandleAck(SipRequest ack, TimeSpan now)
    {
        var index = _unacknowledged.FindIndex(waiting => waiting.Sequence == ack.CSeq.Number);
        if (index < 0)
        {
            return false;
        }

        var acknowledged = _unacknowledged[index];
        acknowledged.Stop();
        _unacknowledged.RemoveAt(index);
        var body = acknowledged.ExpectsAnswer ? SipBody.Of(ack) : null;
        RemoteBody = body ?? RemoteBody;
        Emit(new SipCallEvent.Acknowledged(_call, body, acknowledged.IsReinvite));
        if (_hangUpOnAck && !acknowledged.IsReinvite)
        {
            SendBye(SipEndCause.Local, _hangUpReason, now);
        }

        _change?.TryStart(now);
        return true;
    }

    public bool AnswerReinvite(SipBody body, TimeSpan now)
    {
        if (_offer is not { } offer)
        {
            return false;
        }

        _offer = null;
        Accept(offer, body, now);
        if (!offer.IsInvite)
        {
            _change?.TryStart(now);
        }

        return true;
    }

    public bool RejectReinvite(int status, string? phrase, IReadOnlyList<SipHeader> headers, TimeSpan now)
    {
        if (_offer is not { } offer)
        {
            return false;
        }

        _offer = null;
        var response = Core.CreateResponse(offer.Transaction, status, phrase);
        foreach (var header in headers)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        offer.Transaction.Respond(response, now);
        _change?.TryStart(now);
        return true;
    }

    public void HandleOfferCancelled(IncomingOffer offer, TimeSpan now)
    {
        if (_offer == offer)
        {
            RefuseOffer(487, now);
            Emit(new SipCallEvent.OfferWithdrawn(_call));
            _change?.TryStart(now);
        }
    }

    private void HandleOffer(ServerTransaction transaction, TimeSpan now)
    {
        var offer = new IncomingOffer(this, transaction);
        if (_isEnding || _hangUpOnAck)
        {
            Core.Respond(transaction, 487, now);
        }
        else if (_change is { IsSent: true } || _unacknowledged.Exists(waiting => waiting.ExpectsAnswer))
        {
            // RFC 3261 14.2 and RFC 3311 5.2: our own offer is open; the peer backs off and tries again.
            Core.Respond(transaction, 491, now);
        }
        else if (_offer is not null)
        {
            Core.RespondTryLater(transaction, now);
        }
        else if (SessionTimer.IsTooShort(transaction.Request))
        {
            UasRules.RefuseInterval(Core, transaction, now);
        }
        else
        {
            Peer.Refresh(transaction.Request, transaction.Source);
            Open(offer, now);
        }
    }

    private void Open(IncomingOffer offer, TimeSpan now)
    {
        if (offer.Body is not null && offer.Body == RemoteBody && LocalBody is { } unchanged)
        {
            // RFC 4028 7.4: the same description again only keeps the session alive.
            Accept(offer, unchanged, now);
            return;
        }

        _offer = offer;
        offer.Transaction.User = offer;
        if (offer.IsInvite)
        {
            Core.Respond(offer.Transaction, 100, now);
        }

        Emit(new SipCallEvent.Offered(_call, offer.Transaction.Request, offer.Body));
    }

    private void Accept(IncomingOffer offer, SipBody body, TimeSpan now)
    {
        var response = CreateSuccess(offer.Transaction, now);
        body.WriteTo(response);
        LocalBody = body;
        RemoteBody = offer.Body ?? RemoteBody;
        offer.Transaction.Respond(response, now);
        if (offer.IsInvite)
        {
            AwaitAck(offer.Transaction, isReinvite: true, expectsAnswer: offer.Body is null, now);
        }
    }

    /// <summary>The 2xx to a request that may refresh target and session.</summary>
    public SipResponse CreateSuccess(ServerTransaction transaction, TimeSpan now)
    {
        var response = Core.CreateResponse(transaction, 200);
        response.Headers.Contact = Peer.Contact;
        Capabilities.WriteAllow(response);
        Capabilities.WriteSupported(response);
        _timer.Answer(transaction.Request, response, now);
        return response;
    }

    public void AwaitAck(ServerTransaction transaction, bool isReinvite, bool expectsAnswer, TimeSpan now)
    {
        var waiting = new SuccessRetransmission(Core, transaction, isReinvite, expectsAnswer, HandleNoAck);
        _unacknowledged.Add(waiting);
        waiting.Start(now);
    }

    // RFC 3261 13.3.1.4: a dialog whose 2xx nobody acknowledges is confirmed, but the session ends with a BYE.
    private void HandleNoAck(SuccessRetransmission waiting, TimeSpan now)
    {
        _unacknowledged.Remove(waiting);
        SendBye(_hangUpOnAck ? SipEndCause.Local : SipEndCause.NoAck, _hangUpReason, now);
    }

    private void RefuseOffer(int status, TimeSpan now)
    {
        if (_offer is { } offer)
        {
            _offer = null;
            Core.Respond(offer.Transaction, status, now);
        }
    }

    // The end.

    public bool HangUp(SipReason? reason, TimeSpan now)
    {
        if (_isEnding || _hangUpOnAck)
        {
            return false;
        }

        _call.State = SipCallState.Ending;
        if (_unacknowledged.Exists(waiting => !waiting.IsReinvite))
        {
            // RFC 3261 15: the callee waits for the ACK, or for the end of its retransmissions.
            _hangUpOnAck = true;
            _hangUpReason = reason;
            return true;
        }

        SendBye(SipEndCause.Local, reason, now);
        return true;
    }

    /// <summary>A request within the dialog got 481, 408 or nothing (RFC 3261 12.2.1.2). Only a 481 says that a BYE would find nobody.</summary>
    public void HandleDialogLost(bool isUnknownToPeer, TimeSpan now)
    {
        if (_isEnding)
        {
            return;
        }

        if (isUnknownToPeer)
        {
            RefuseOffer(487, now);
            End(SipEndCause.DialogLost, []);
        }
        else
        {
            SendBye(SipEndCause.DialogLost, null, now);
        }
    }

    private void SendBye(SipEndCause cause, SipReason? reason, TimeSpan now)
    {
        if (_isEnding)
        {
            return;
        }

        RefuseOffer(487, now);
        Quiesce();
        _cause = cause;
        _call.State = SipCallState.Ending;
        new ByeRequest(Peer, reason, _ => _call.End(cause, [])).Send(now);
    }

    private void End(SipEndCause cause, IReadOnlyList<SipReason> reasons)
    {
        // When BYEs cross, the cause of ours stands.
        var first = _cause ?? (_hangUpOnAck ? SipEndCause.Local : cause);
        Quiesce();
        _call.End(first, reasons);
    }

    private void Quiesce()
    {
        _isEnding = true;
        _timer.Stop();
        _change?.Stop();
        _change = null;
        _next = null;
        _unacknowledged.ForEach(waiting => waiting.Stop());
        _unacknowledged.Clear();
    }
}
