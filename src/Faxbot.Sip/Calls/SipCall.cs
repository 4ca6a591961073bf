using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>
/// One call of a <see cref="SipUserAgent"/>, and what can be done with it. Commands answer false, and send nothing, when the call has moved past them
/// (the peer's BYE came first, say); drain the user agent's outputs after each. Not thread-safe: one thread owns a user agent and all its calls.
/// </summary>
public sealed class SipCall
{
    private readonly UserAgentCore _core;
    private OutgoingInvite? _outgoing;
    private IncomingInvite? _incoming;
    private InviteSession? _session;
    private SipCallEvent? _verdict;

    internal SipCall(UserAgentCore core, string callId, bool isOutgoing)
    {
        _core = core;
        CallId = callId;
        LocalTag = core.Tokens.NextTag();
        IsOutgoing = isOutgoing;
    }

    public string CallId { get; }

    public string LocalTag { get; }

    /// <summary>The peer's tag, null before there is a dialog or where the peer has none.</summary>
    public string? RemoteTag => _session?.Dialog.Remote.Tag ?? _incoming?.Dialog.Remote.Tag;

    public bool IsOutgoing { get; }

    public SipCallState State { get; internal set; }

    /// <summary>For the owner's own use; the user agent never looks at it.</summary>
    public object? Owner { get; set; }

    /// <summary>What answers challenges to our requests within an incoming call; an outgoing one has its own from the start.</summary>
    public SipCredentials? Credentials { get; set; }

    /// <summary>The description of ours that stands: the last offer that was accepted, or the last answer.</summary>
    public SipBody? LocalBody => _session?.Offers.LocalBody;

    /// <summary>The description of the peer's that stands.</summary>
    public SipBody? RemoteBody => _session?.Offers.RemoteBody;

    /// <summary>Sends a provisional response to an incoming call.</summary>
    /// <param name="now">The time.</param>
    /// <param name="status">180 (ringing), or 183 with a body for early media.</param>
    /// <param name="body">The early answer.</param>
    public bool Ring(TimeSpan now, int status = 180, SipBody? body = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 101);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 199);
        return _incoming?.Ring(status, body, now) ?? false;
    }

    /// <summary>Accepts an incoming call; the 200 is repeated until the ACK comes.</summary>
    public bool Answer(SipBody body, TimeSpan now) => _incoming?.Answer(body, now) ?? false;

    /// <summary>Refuses an incoming call.</summary>
    /// <param name="status">300 to 699.</param>
    /// <param name="now">The time.</param>
    /// <param name="phrase">The reason phrase; null takes the standard's.</param>
    /// <param name="headers">Headers to add, such as Reason, Warning or Retry-After.</param>
    public bool Reject(int status, TimeSpan now, string? phrase = null, IReadOnlyList<SipHeader>? headers = null)
    {
        CheckFailureStatus(status);
        return _incoming?.Reject(status, phrase, headers ?? [], now) ?? false;
    }

    /// <summary>Refuses an incoming call with 401 and that challenge. The caller's next try is a new <see cref="SipCallEvent.Incoming"/> whose
    /// request carries the credentials.</summary>
    public bool Challenge(Auth.DigestChallenge challenge, TimeSpan now) =>
        Reject(401, now, headers: [new SipHeader(SipHeaderNames.WwwAuthenticate, challenge.ToString())]);

    /// <summary>Offers a change of the session. It is sent as soon as no other INVITE of the call is in progress, and repeated after glare; false
    /// when the call is not established or an earlier one is not done.</summary>
    public bool Reinvite(SipBody body, TimeSpan now) => _session?.Offers.Reinvite(body, now) ?? false;

    /// <summary>Gives a re-INVITE of ours up that waits (<see cref="SipCallEvent.ReinviteDelayed"/>); false when it is on the wire, or there is none.</summary>
    public bool AbandonReinvite() => _session?.Offers.AbandonReinvite() ?? false;

    /// <summary>Accepts the peer's change of the session.</summary>
    public bool AnswerReinvite(SipBody body, TimeSpan now) => _session?.Offers.Answer(body, now) ?? false;

    /// <summary>Refuses the peer's change; the session stays as it was. 488 says that the offer cannot be met.</summary>
    /// <inheritdoc cref="Reject"/>
    public bool RejectReinvite(int status, TimeSpan now, string? phrase = null, IReadOnlyList<SipHeader>? headers = null)
    {
        CheckFailureStatus(status);
        return _session?.Offers.Reject(status, phrase, headers ?? [], now) ?? false;
    }

    /// <summary>Ends the call in whatever way its state asks: CANCEL, 480 or BYE. The last event follows once the peer has confirmed or time ran out;
    /// media should stop at once.</summary>
    /// <param name="now">The time.</param>
    /// <param name="reason">A Reason for the CANCEL or BYE.</param>
    public bool HangUp(TimeSpan now, SipReason? reason = null)
    {
        if (State is SipCallState.Ending or SipCallState.Ended)
        {
            return false;
        }

        if (_session is { } session)
        {
            return session.HangUp(reason, now);
        }

        if (_incoming is { } incoming)
        {
            return incoming.Reject(480, null, reason is null ? [] : [new SipHeader(SipHeaderNames.Reason, reason.ToString())], now);
        }

        Cancel(new SipCallEvent.Cancelled(this, reason is null ? [] : [reason]), reason, now);
        return true;
    }

    internal void Start(InviteRequest invite, TimeSpan now)
    {
        _outgoing = new OutgoingInvite(this, _core, invite);
        _outgoing.Start(now);
    }

    internal void Start(ServerTransaction transaction, TimeSpan now)
    {
        _incoming = new IncomingInvite(this, _core, transaction);
        _incoming.Start(now);
    }

    internal void Establish(InviteSession session)
    {
        _session = session;
        State = SipCallState.Connected;
    }

    /// <summary>The ring timeout of an outgoing call is over.</summary>
    internal void HandleNoAnswer(TimeSpan now) =>
        Cancel(new SipCallEvent.Failed(this, SipFailure.Local(SipFailureOrigin.NoAnswer)), null, now);

    /// <summary>A request with our tag in To.</summary>
    internal void HandleRequest(ServerTransaction transaction, TimeSpan now)
    {
        var tag = transaction.Request.From.Tag ?? "";
        if (_session is { } session && session.Dialog.RemoteTag == tag)
        {
            session.HandleRequest(transaction, now);
        }
        else if (_session is null && _incoming is { } incoming && incoming.Dialog.RemoteTag == tag)
        {
            incoming.HandleRequest(transaction, now);
        }
        else if (_session is null && _outgoing is { } outgoing && outgoing.HasEarlyDialog(tag))
        {
            outgoing.HandleRequest(transaction, now);
        }
        else
        {
            _core.Respond(transaction, 481, now);
        }
    }

    internal bool HandleAck(SipRequest ack, TimeSpan now) =>
        _session is { } session && session.Dialog.RemoteTag == (ack.From.Tag ?? "") && session.HandleAck(ack, now);

    internal void Emit(SipCallEvent @event)
    {
        if (State != SipCallState.Ended)
        {
            _core.Report(new SipOutput.Report(@event));
        }
    }

    /// <summary>The session is over; what was decided before it came about (a cancelled call that was answered meanwhile) stays the verdict.</summary>
    internal void End(SipEndCause cause, IReadOnlyList<SipReason> reasons) => Finish(new SipCallEvent.Ended(this, cause, reasons));

    /// <summary>Emits the last event and forgets the call.</summary>
    internal void Finish(SipCallEvent last)
    {
        if (State == SipCallState.Ended)
        {
            return;
        }

        Emit(_verdict ?? last);
        State = SipCallState.Ended;
        _core.Calls.Remove((CallId, LocalTag));
    }

    private static void CheckFailureStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
    }

    private void Cancel(SipCallEvent verdict, SipReason? reason, TimeSpan now)
    {
        _verdict = verdict;
        State = SipCallState.Ending;
        _outgoing!.Cancel(reason, now);
    }
}
