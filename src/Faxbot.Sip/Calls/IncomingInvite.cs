using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>The INVITE of an incoming call until its final response (RFC 3261 13.3).</summary>
internal sealed class IncomingInvite : IServerTransactionUser
{
    // 13.3.1.1: a provisional response is repeated each minute, or proxies take the call for dead after three.
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromMinutes(1);

    private readonly SipCall _call;
    private readonly UserAgentCore _core;
    private readonly ServerTransaction _transaction;
    private readonly SipNameAddr _contact;
    private readonly SipTimer _reminder;
    private bool _isFinal;

    public IncomingInvite(SipCall call, UserAgentCore core, ServerTransaction transaction)
    {
        _call = call;
        _core = core;
        _transaction = transaction;
        _reminder = new SipTimer(Remind);
        transaction.User = this;
        transaction.LocalTag = call.LocalTag;
        Dialog = SipDialog.OfCallee(transaction.Request, call.LocalTag, core.Tokens.NextSequence());
        _contact = core.ContactAt(transaction.Local, transaction.Source.Transport, transaction.Request.RequestUri.User);
    }

    public SipDialog Dialog { get; }

    public SipRequest Request => _transaction.Request;

    public void Start(TimeSpan now)
    {
        _core.Respond(_transaction, 100, now);
        _core.Heap.Start(_reminder, now + ReminderInterval);
        _call.Emit(new SipCallEvent.Incoming(_call, Request, SipBody.Of(Request), _transaction.Source));
    }

    public bool Ring(int status, SipBody? body, TimeSpan now)
    {
        if (_isFinal)
        {
            return false;
        }

        // RFC 3262 3: to a caller that demands it a provisional response goes reliably or not at all. We have nothing to say that is worth it.
        if (Request.Headers.Require?.Contains(Capabilities.ReliableProvisional, StringComparer.OrdinalIgnoreCase) == true)
        {
            return true;
        }

        var response = CreateResponse(status, null);
        body?.WriteTo(response);
        _transaction.Respond(response, now);
        return true;
    }

    public bool Answer(SipBody body, TimeSpan now)
    {
        if (_isFinal)
        {
            return false;
        }

        Finish();
        var offer = SipBody.Of(Request);
        var authorization = new CallAuthorization(_call.Credentials, _core.Tokens);
        var peer = new DialogPeer(_core, Dialog, authorization, _contact, _transaction.Local, _transaction.Source);
        var session = new InviteSession(_call, peer, body, offer);
        _call.Establish(session);
        var response = session.CreateSuccess(_transaction, now);
        response.Headers.CopyFrom(Request.Headers, SipHeaderNames.RecordRoute);
        body.WriteTo(response);
        _transaction.Respond(response, now);
        session.AwaitAck(_transaction, isReinvite: false, expectsAnswer: offer is null, now);
        return true;
    }

    public bool Reject(int status, string? phrase, IReadOnlyList<SipHeader> headers, TimeSpan now)
    {
        if (_isFinal)
        {
            return false;
        }

        Finish();
        var response = CreateResponse(status, phrase);
        foreach (var header in headers)
        {
            response.Headers.Add(header.Name, header.Value);
        }

        _transaction.Respond(response, now);
        _call.End(SipEndCause.Local, []);
        return true;
    }

    public void HandleCancel(SipRequest cancel, TimeSpan now) => GiveUp(cancel.Headers.Reasons, now);

    /// <summary>A request within the early dialog.</summary>
    public void HandleRequest(ServerTransaction transaction, TimeSpan now)
    {
        transaction.LocalTag = _call.LocalTag;
        var request = transaction.Request;
        if (!Dialog.TryAdvance(request.CSeq))
        {
            _core.Respond(transaction, 500, now);
        }
        else if (request.Method == SipMethod.Bye)
        {
            // 15: a caller may end an early dialog with BYE; 15.1.2: the INVITE is answered 487 then.
            _core.Respond(transaction, 200, now);
            GiveUp(request.Headers.Reasons, now);
        }
        else if (request.Method == SipMethod.Invite || (request.Method == SipMethod.Update && !request.Body.IsEmpty))
        {
            // 14.2 and RFC 3311 5.2: the peer's first offer has no answer yet.
            _core.RespondTryLater(transaction, now);
        }
        else
        {
            RoutineAnswers.Answer(_core, transaction, null, now);
        }
    }

    private void GiveUp(IReadOnlyList<SipReason> reasons, TimeSpan now)
    {
        if (!_isFinal)
        {
            Finish();
            _core.Respond(_transaction, 487, now);
            _call.Finish(new SipCallEvent.Cancelled(_call, reasons));
        }
    }

    private void Finish()
    {
        _isFinal = true;
        _core.Heap.Stop(_reminder);
    }

    private SipResponse CreateResponse(int status, string? phrase)
    {
        var response = _core.CreateResponse(_transaction, status, phrase);
        if (status < 300)
        {
            response.Headers.CopyFrom(Request.Headers, SipHeaderNames.RecordRoute);
            response.Headers.Contact = _contact;
        }

        return response;
    }

    private void Remind(TimeSpan now)
    {
        _transaction.Repeat(now);
        _core.Heap.Start(_reminder, now + ReminderInterval);
    }
}
