using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Transactions;

/// <summary>A request of the peer's: RFC 3261 17.2. The charts are in <see cref="InviteServerTable"/> and <see cref="NonInviteServerTable"/>.</summary>
internal sealed class ServerTransaction
{
    private readonly TransactionLayer _layer;
    private readonly SipTimer _retransmit;
    private readonly SipTimer _expiry;
    private TimeSpan _interval;
    private byte[] _response = [];

    public ServerTransaction(TransactionLayer layer, SipRequest request, TransactionKey key, SipHop source, IPEndPoint local)
    {
        _layer = layer;
        Request = request;
        Key = key;
        Source = source;
        ReplyTo = ViaRouting.ReplyHop(request.TopVia, source);
        Local = local;
        _retransmit = new SipTimer(now => Apply(TransactionEvent.Retransmit, now));
        _expiry = new SipTimer(now =>
            Apply(State == TransactionState.Completed && IsInvite ? TransactionEvent.TimedOut : TransactionEvent.Linger, now));
        State = TransactionState.Initial;
    }

    public SipRequest Request { get; }

    public TransactionKey Key { get; }

    /// <summary>Where the request came from.</summary>
    public SipHop Source { get; }

    /// <summary>Where responses go.</summary>
    public SipHop ReplyTo { get; }

    public IPEndPoint Local { get; }

    public bool IsReliable => Source.IsReliable;

    public TransactionState State { get; private set; }

    /// <summary>No final response was given yet.</summary>
    public bool IsPending => State is TransactionState.Initial or TransactionState.Trying or TransactionState.Proceeding;

    /// <summary>A failure of an INVITE that is not acknowledged yet.</summary>
    public bool AwaitsPeer => IsInvite && State == TransactionState.Completed;

    /// <summary>The To tag that the responses carry: ours.</summary>
    public string? LocalTag { get; set; }

    /// <summary>Who is to know of a CANCEL, or null.</summary>
    public IServerTransactionUser? User { get; set; }

    private bool IsInvite => Request.Method == SipMethod.Invite;

    public void Start(TimeSpan now) => Apply(TransactionEvent.Start, now);

    /// <summary>Sends a response, keeps it for retransmissions; does nothing once a final response of another class was given.</summary>
    public void Respond(SipResponse response, TimeSpan now)
    {
        if (!IsPending && !(State == TransactionState.Accepted && response.IsSuccess))
        {
            return;
        }

        _response = response.ToArray();
        Apply(
            response.IsProvisional ? TransactionEvent.Provisional : response.IsSuccess ? TransactionEvent.Success : TransactionEvent.Failure, now);
    }

    /// <summary>Sends the latest response once more: a 2xx that waits for its ACK, or a 1xx that must not be forgotten.</summary>
    public void Repeat(TimeSpan now)
    {
        if (State is TransactionState.Accepted or TransactionState.Proceeding)
        {
            Apply(State == TransactionState.Accepted ? TransactionEvent.Success : TransactionEvent.Provisional, now);
        }
    }

    public void HandleRequest(TimeSpan now) => Apply(TransactionEvent.Request, now);

    /// <summary>An ACK of this branch. True when the transaction took it; false when it is for the user (RFC 6026 7.1).</summary>
    public bool HandleAck(TimeSpan now)
    {
        var state = State;
        Apply(TransactionEvent.Ack, now);
        return state != TransactionState.Accepted;
    }

    private void Apply(TransactionEvent @event, TimeSpan now)
    {
        (State, var actions) = IsInvite ? InviteServerTable.Next(State, @event) : NonInviteServerTable.Next(State, @event);
        if (actions.HasFlag(TransactionActions.Send) && _response.Length > 0)
        {
            _layer.Send(_response, ReplyTo, Local);
        }

        RunTimers(actions, now);
        if (State == TransactionState.Terminated)
        {
            _layer.Heap.Stop(_retransmit);
            _layer.Heap.Stop(_expiry);
            _layer.Remove(this);
        }
    }

    private void RunTimers(TransactionActions actions, TimeSpan now)
    {
        var timers = _layer.Timers;
        if (actions.HasFlag(TransactionActions.StartRetransmit) && !IsReliable)
        {
            _interval = timers.T1;
            _layer.Heap.Start(_retransmit, now + _interval);
        }

        if (actions.HasFlag(TransactionActions.BackOff))
        {
            _interval = _interval * 2 < timers.T2 ? _interval * 2 : timers.T2;
            _layer.Heap.Start(_retransmit, now + _interval);
        }

        if (actions.HasFlag(TransactionActions.StopRetransmit))
        {
            _layer.Heap.Stop(_retransmit);
        }

        if (actions.HasFlag(TransactionActions.StartTimeout))
        {
            _layer.Heap.Start(_expiry, now + timers.TransactionTimeout);
        }

        if (actions.HasFlag(TransactionActions.StopTimeout))
        {
            _layer.Heap.Stop(_expiry);
        }

        if (actions.HasFlag(TransactionActions.StartLinger))
        {
            // Timer L is the same for all transports (RFC 6026 8.7); I and J are zero on a reliable one (RFC 3261 table 4).
            var linger = State == TransactionState.Accepted ? timers.TransactionTimeout
                : IsReliable ? TimeSpan.Zero
                : IsInvite ? timers.T4 : timers.TransactionTimeout;
            _layer.Heap.Start(_expiry, now + linger);
        }
    }
}
