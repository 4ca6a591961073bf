using System.Net;
using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>The INVITE of an outgoing call until its final response (RFC 3261 13.2), with credentials, forks and CANCEL (9.1).</summary>
internal sealed class OutgoingInvite : IClientTransactionUser
{
    private const int MaxTries = 5;
    private const int MaxForks = 16;

    private readonly SipCall _call;
    private readonly UserAgentCore _core;
    private readonly InviteRequest _invite;
    private readonly SipRequest _template;
    private readonly IPEndPoint _local;
    private readonly SipNameAddr _contact;
    private readonly CallAuthorization _authorization;
    private readonly Dictionary<string, EarlyDialog> _earlyDialogs = [];
    private readonly Dictionary<string, (byte[] Bytes, SipHop Destination)> _acks = [];
    private readonly SipTimer _patience;
    private readonly SipTimer _silence;
    private readonly HashSet<string> _visited;
    private ClientTransaction? _transaction;
    private ClientTransaction? _abandoned;
    private TimeSpan? _interval;
    private int _tries;
    private bool _isCancelled;
    private SipReason? _reason;
    private bool _cancelSent;

    public OutgoingInvite(SipCall call, UserAgentCore core, InviteRequest invite)
    {
        _call = call;
        _core = core;
        _invite = invite;
        _local = invite.Local ?? core.Options.LocalEndPoint;
        _authorization = new CallAuthorization(invite.Credentials, core.Tokens);
        _patience = new SipTimer(HandlePatienceOver);
        _silence = new SipTimer(HandleSilence);
        _contact = invite.Contact ?? core.ContactAt(_local, invite.NextHop.Transport, invite.From.Uri.User);
        _interval = invite.SessionExpires;
        _template = CreateTemplate(call, core.Tokens.NextSequence());
        _visited = [invite.RequestUri.ToString()];
    }

    public void Start(TimeSpan now)
    {
        _core.Heap.Start(_patience, now + _invite.RingTimeout);
        Send(now);
    }

    /// <summary>Gives the call up; the CANCEL waits for a first provisional response (9.1).</summary>
    public void Cancel(SipReason? reason, TimeSpan now)
    {
        _isCancelled = true;
        _reason = reason;
        _core.Heap.Stop(_patience);
        if (_transaction is { State: TransactionState.Proceeding })
        {
            CancelTransaction(now);
        }
    }

    public bool HasEarlyDialog(string remoteTag) => _earlyDialogs.ContainsKey(remoteTag);

    /// <summary>A request of the callee within an early dialog.</summary>
    public void HandleRequest(ServerTransaction transaction, TimeSpan now)
    {
        var request = transaction.Request;
        transaction.LocalTag = _call.LocalTag;
        if (!_earlyDialogs[request.From.Tag ?? ""].Dialog.TryAdvance(request.CSeq))
        {
            _core.Respond(transaction, 500, now);
        }
        else if (request.Method == SipMethod.Invite || (request.Method == SipMethod.Update && !request.Body.IsEmpty))
        {
            // 14.2 and RFC 3311 5.2: our own offer is open.
            _core.Respond(transaction, 491, now);
        }
        else
        {
            // 15: a callee must not send BYE in an early dialog, and is told that there is no session yet.
            RoutineAnswers.Answer(_core, transaction, null, now);
        }
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (transaction == _transaction)
        {
            _core.Heap.Stop(_silence);
        }

        if (response.IsSuccess)
        {
            HandleSuccess(transaction, response, now);
        }
        else if (transaction == _abandoned && response.IsProvisional && !_cancelSent)
        {
            // It lives after all, but another may have been asked meanwhile. 9.1: 64 * T1 after the CANCEL nothing will come any more.
            SendCancel(transaction, now);
            _core.Heap.Start(_silence, now + _core.Options.Timers.TransactionTimeout);
        }
        else if (transaction != _transaction)
        {
            // Of an attempt that a challenge ended.
        }
        else if (response.IsProvisional)
        {
            HandleProvisional(response, now);
        }
        else
        {
            HandleRefusal(transaction, response, now);
        }
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
        if (transaction == _transaction)
        {
            Finish(SipFailure.Local(origin));
        }
    }

    private SipRequest CreateTemplate(SipCall call, uint sequence)
    {
        var request = new SipRequest(SipMethod.Invite, _invite.RequestUri);
        request.Headers.Routes = [.. _invite.Route.Select(uri => new SipNameAddr(uri))];
        request.From = _invite.From.WithTag(call.LocalTag);
        request.To = (_invite.To ?? new SipNameAddr(_invite.RequestUri)).WithTag(null);
        request.CallId = call.CallId;
        request.CSeq = new SipCSeq(sequence, SipMethod.Invite);
        request.Headers.Contact = _contact;
        _core.Capabilities.WriteAllow(request);
        Capabilities.WriteSupported(request);
        if (_interval is { } interval) SessionTimer.Ask(request, interval);
        if (_invite.ReliableProvisional == ReliableProvisionalUse.Offered) request.Headers.Supported = [.. request.Headers.Supported!, Capabilities.ReliableProvisional];
        if (_invite.ReliableProvisional == ReliableProvisionalUse.Required) request.Headers.Require = [Capabilities.ReliableProvisional];
        foreach (var header in _invite.Headers)
        {
            request.Headers.Add(header.Name, header.Value);
        }

        _invite.Body.WriteTo(request);
        return request;
    }

    private void Send(TimeSpan now)
    {
        _tries++;
        var request = _template.Clone();
        request.CSeq = new SipCSeq(_template.CSeq.Number + (uint)_tries - 1, SipMethod.Invite);
        _authorization.Sign(request);
        _transaction = _core.SendRequest(this, request, _invite.NextHop, _local, now);
        if (_invite.ResponseTimeout is { } limit)
        {
            _core.Heap.Start(_silence, now + limit);
        }
    }

    private void HandleProvisional(SipResponse response, TimeSpan now)
    {
        if (_isCancelled)
        {
            CancelTransaction(now);
            return;
        }

        if (response.Status == 100)
        {
            return;
        }

        if (EarlyDialogOf(response) is { } early && EarlyDialog.NumberOf(response) is { } number && !early.TryAcknowledge(response, number, now))
        {
            return;
        }

        _call.Emit(new SipCallEvent.Provisional(_call, response, SipBody.Of(response)));
    }

    private EarlyDialog? EarlyDialogOf(SipResponse response)
    {
        if (response.To.Tag is not { } tag) return null;
        if (!_earlyDialogs.TryGetValue(tag, out var early) && _earlyDialogs.Count < MaxForks)
        {
            early = new EarlyDialog(new DialogPeer(
                _core, SipDialog.OfCaller(_transaction!.Request, response), _authorization, _contact, _local, _transaction.Remote));
            _earlyDialogs.Add(tag, early);
        }

        return early;
    }

    private void HandleSuccess(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        var tag = response.To.Tag ?? "";
        if (_acks.TryGetValue(tag, out var ack))
        {
            // RFC 3261 13.2.2.4: each repeated 2xx gets its ACK again.
            _core.Send(ack.Bytes, ack.Destination, _local);
            return;
        }

        if (_acks.Count >= MaxForks)
        {
            return;
        }

        var dialog = SipDialog.OfCaller(transaction.Request, response);
        var early = _earlyDialogs.GetValueOrDefault(tag);
        if (early is not null)
        {
            dialog.Continue(early.Dialog);
        }

        // A large INVITE may have gone over TCP; what follows goes the way that reached the peer.
        var peer = new DialogPeer(_core, dialog, _authorization, _contact, _local, transaction.Remote);
        var isFirst = _acks.Count == 0;
        _acks.Add(tag, peer.Acknowledge(transaction.Request));
        if (!isFirst || _call.State == SipCallState.Ended)
        {
            // Another branch of a fork answered as well, or it is too late: that dialog ends at once.
            new ByeRequest(peer, null, _ => { }).Send(now);
            return;
        }

        Establish(peer, response, early?.Answer ?? SipBody.Of(response), now);
    }

    private void Establish(DialogPeer peer, SipResponse response, SipBody? answer, TimeSpan now)
    {
        StopWaiting();
        var session = new InviteSession(_call, peer, _invite.Body, answer);
        var state = _call.State;
        _call.Establish(session);
        if (_isCancelled)
        {
            // The 2xx crossed the wish to cancel: the call stands and ends with a BYE.
            _call.State = state;
            session.HangUp(_reason, now);
            return;
        }

        session.Timer.Asked = _interval;
        session.Timer.Learn(response, now);
        _call.Emit(new SipCallEvent.Answered(_call, response, session.Offers.RemoteBody));
    }

    private void HandleRefusal(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (!_isCancelled && _tries < MaxTries
            && (_authorization.TryLearn(transaction.Request, response) || TryOfferReliableProvisional(response) || TryFollow(response) || TryRaiseInterval(response)))
        {
            _earlyDialogs.Clear();
            Send(now);
            return;
        }

        Finish(SipFailure.Of(response));
    }

    // RFC 3262 4 and RFC 3261 21.4.16: the callee will not go on without.
    private bool TryOfferReliableProvisional(SipResponse response)
    {
        if (response.Status != 421 || response.Headers.Require is not { } required
            || !required.Contains(Capabilities.ReliableProvisional, StringComparer.OrdinalIgnoreCase)
            || _template.Headers.Supported!.Contains(Capabilities.ReliableProvisional))
        {
            return false;
        }

        _template.Headers.Supported = [.. _template.Headers.Supported!, Capabilities.ReliableProvisional];
        return true;
    }

    private bool TryRaiseInterval(SipResponse response)
    {
        if (_interval is not { } asked || SessionTimer.Raised(response, asked) is not { } raised) return false;
        _interval = raised;
        SessionTimer.Ask(_template, raised);
        return true;
    }

    // RFC 3261 8.1.3.4: the contacts in their order, none of them twice.
    private bool TryFollow(SipResponse response)
    {
        if (response.Status is < 300 or >= 400 || _invite.MayFollow is not { } mayFollow) return false;
        foreach (var contact in response.Headers.Contacts)
        {
            var target = SipDialog.WithoutWhatARequestLineForbids(contact.Uri);
            if (!contact.Uri.IsSip || !mayFollow(target) || !_visited.Add(target.ToString())) continue;
            _template.RequestUri = target;
            return true;
        }

        return false;
    }

    private void HandlePatienceOver(TimeSpan now)
    {
        if (!_isCancelled)
        {
            _call.HandleNoAnswer(now);
            return;
        }

        // 9.1: 64 * T1 after the CANCEL no final response will come any more.
        _transaction!.Abandon(now);
        Finish(SipFailure.Local(SipFailureOrigin.NoResponse));
    }

    private void HandleSilence(TimeSpan now)
    {
        if (_abandoned is { } late)
        {
            late.Abandon(now);
            return;
        }

        _abandoned = _transaction!;
        _abandoned.StopSending();
        Finish(SipFailure.Local(SipFailureOrigin.NoResponse));
    }

    private void CancelTransaction(TimeSpan now)
    {
        if (!_cancelSent)
        {
            SendCancel(_transaction!, now);
            _core.Heap.Start(_patience, now + _core.Options.Timers.TransactionTimeout);
        }
    }

    private void SendCancel(ClientTransaction transaction, TimeSpan now)
    {
        _cancelSent = true;
        var invite = transaction.Request;
        var cancel = HopByHopRequests.CancelOf(invite);
        if (_reason is not null)
        {
            cancel.Headers.Reasons = [_reason];
        }

        _core.SendRequest(IgnoredResponses.Instance, cancel, invite.TopVia.Branch!, transaction.Remote, _local, now);
    }

    private void Finish(SipFailure failure)
    {
        StopWaiting();
        _call.Finish(new SipCallEvent.Failed(_call, failure));
    }

    private void StopWaiting()
    {
        _transaction = null;
        _core.Heap.Stop(_patience);
        _core.Heap.Stop(_silence);
    }
}
