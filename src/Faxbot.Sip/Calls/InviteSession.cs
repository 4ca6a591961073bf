using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>An established call: the confirmed dialog, what waits for an ACK, and the end (RFC 3261 13.3.1.4, 15).</summary>
internal sealed class InviteSession
{
    private readonly List<SuccessRetransmission> _unacknowledged = [];
    private bool _endsOnAck;
    private SipReason? _reason;
    private SipEndCause? _cause;
    private bool _isOver;

    public InviteSession(SipCall call, DialogPeer peer, SipBody? localBody, SipBody? remoteBody)
    {
        Call = call;
        Peer = peer;
        Offers = new SessionOffers(this) { LocalBody = localBody, RemoteBody = remoteBody };
        Timer = new SessionTimer(peer.Core.Heap, Offers.Refresh, now => SendBye(SipEndCause.SessionExpired, null, now));
    }

    public SipCall Call { get; }

    public DialogPeer Peer { get; }

    public SessionOffers Offers { get; }

    public SessionTimer Timer { get; }

    public SipDialog Dialog => Peer.Dialog;

    public UserAgentCore Core => Peer.Core;

    /// <summary>Nobody wants the end yet: offers can be made and taken, and events are of interest.</summary>
    public bool IsOpen => !_isOver && !_endsOnAck;

    public bool AwaitsAck => _unacknowledged.Count > 0;

    /// <summary>A 2xx of ours made an offer whose answer comes in the ACK.</summary>
    public bool AwaitsAnswerInAck => _unacknowledged.Exists(waiting => waiting.ExpectsAnswer);

    public void Emit(SipCallEvent @event)
    {
        if (IsOpen)
        {
            Call.Emit(@event);
        }
    }

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
            End(SipEndCause.Remote, request.Headers.Reasons, now);
        }
        else if (request.Method == SipMethod.Invite || (request.Method == SipMethod.Update && !request.Body.IsEmpty))
        {
            Offers.HandleOffer(transaction, now);
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
        Offers.RemoteBody = body ?? Offers.RemoteBody;
        Emit(new SipCallEvent.Acknowledged(Call, body, acknowledged.IsReinvite));
        if (_endsOnAck && !acknowledged.IsReinvite)
        {
            SendBye(SipEndCause.Local, _reason, now);
        }

        Offers.Continue(now);
        return true;
    }

    /// <summary>The 2xx to a request that may refresh target and session.</summary>
    public SipResponse CreateSuccess(ServerTransaction transaction, TimeSpan now)
    {
        var response = Core.CreateResponse(transaction, 200);
        response.Headers.Contact = Peer.Contact;
        Core.Capabilities.WriteAllow(response);
        Capabilities.WriteSupported(response);
        Timer.Answer(transaction.Request, response, now);
        return response;
    }

    public void AwaitAck(ServerTransaction transaction, bool isReinvite, bool expectsAnswer, TimeSpan now)
    {
        var waiting = new SuccessRetransmission(Core, transaction, isReinvite, expectsAnswer, HandleNoAck);
        _unacknowledged.Add(waiting);
        waiting.Start(now);
    }

    public bool HangUp(SipReason? reason, TimeSpan now)
    {
        if (!IsOpen)
        {
            return false;
        }

        Call.State = SipCallState.Ending;
        if (_unacknowledged.Exists(waiting => !waiting.IsReinvite))
        {
            // RFC 3261 15: the callee waits for the ACK, or for the end of its retransmissions.
            _endsOnAck = true;
            _reason = reason;
            return true;
        }

        SendBye(SipEndCause.Local, reason, now);
        return true;
    }

    /// <summary>A request within the dialog got 481, 408 or nothing (RFC 3261 12.2.1.2). Only a 481 says that a BYE would find nobody.</summary>
    public void HandleDialogLost(bool isUnknownToPeer, TimeSpan now)
    {
        if (!isUnknownToPeer)
        {
            SendBye(SipEndCause.DialogLost, null, now);
        }
        else if (!_isOver)
        {
            End(SipEndCause.DialogLost, [], now);
        }
    }

    // RFC 3261 13.3.1.4: a dialog whose 2xx nobody acknowledges is confirmed, but the session ends with a BYE.
    private void HandleNoAck(SuccessRetransmission waiting, TimeSpan now)
    {
        _unacknowledged.Remove(waiting);
        SendBye(_endsOnAck ? SipEndCause.Local : SipEndCause.NoAck, _reason, now);
    }

    private void SendBye(SipEndCause cause, SipReason? reason, TimeSpan now)
    {
        if (_isOver)
        {
            return;
        }

        Close(now);
        _cause = cause;
        Call.State = SipCallState.Ending;
        new ByeRequest(Peer, reason, _ => Call.End(cause, [])).Send(now);
    }

    private void End(SipEndCause cause, IReadOnlyList<SipReason> reasons, TimeSpan now)
    {
        // When BYEs cross, the cause of ours stands.
        var first = _cause ?? (_endsOnAck ? SipEndCause.Local : cause);
        Close(now);
        Call.End(first, reasons);
    }

    private void Close(TimeSpan now)
    {
        _isOver = true;
        Timer.Stop();
        Offers.Close(now);
        _unacknowledged.ForEach(waiting => waiting.Stop());
        _unacknowledged.Clear();
    }
}
