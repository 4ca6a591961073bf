using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Transactions;

/// <summary>A request of ours on its way: RFC 3261 17.1. The charts are in <see cref="InviteClientTable"/> and <see cref="NonInviteClientTable"/>.</summary>
internal sealed class ClientTransaction
{
    private readonly TransactionLayer _layer;
    private readonly IClientTransactionUser _user;
    private byte[] _bytes;
    private readonly SipTimer _retransmit;
    private readonly SipTimer _expiry;
    private TimeSpan _interval;
    private byte[]? _ack;
    private bool _isSilent;

    public ClientTransaction(
        TransactionLayer layer, IClientTransactionUser user, SipRequest request, byte[] bytes, SipHop remote, IPEndPoint local)
    {
        _layer = layer;
        _user = user;
        _bytes = bytes;
        Request = request;
        Remote = remote;
        Local = local;
        _retransmit = new SipTimer(now => Apply(TransactionEvent.Retransmit, null, now));
        _expiry = new SipTimer(now =>
            Apply(State is TransactionState.Accepted or TransactionState.Completed ? TransactionEvent.Linger : TransactionEvent.TimedOut, null, now));
    }

    public SipRequest Request { get; }

    public SipHop Remote { get; private set; }

    /// <summary>Another way to the same hop, taken when the first cannot be used: the octets for it, and its transport.</summary>
    public (SipHop Remote, byte[] Bytes)? Fallback { get; init; }

    public IPEndPoint Local { get; }

    /// <summary>TCP or TLS: nothing is sent twice, nothing lingers for stragglers.</summary>
    public bool IsReliable => Remote.IsReliable;

    public TransactionState State { get; private set; }

    public TransactionKey Key => TransactionKey.OfClient(Request.TopVia.Branch!, Request.Method);

    /// <summary>No final response is here yet.</summary>
    public bool IsPending => State is TransactionState.Calling or TransactionState.Trying or TransactionState.Proceeding;

    private bool IsInvite => Request.Method == SipMethod.Invite;

    public void Start(TimeSpan now) => Apply(TransactionEvent.Start, null, now);

    public void Abandon(TimeSpan now) => Apply(TransactionEvent.Abandon, null, now);

    /// <summary>The request is not sent again, neither by its timer nor over another transport; what comes back is still handed up.</summary>
    public void StopSending()
    {
        _isSilent = true;
        _layer.Heap.Stop(_retransmit);
    }

    public void HandleResponse(SipResponse response, TimeSpan now) =>
        Apply(
            response.IsProvisional ? TransactionEvent.Provisional : response.IsSuccess ? TransactionEvent.Success : TransactionEvent.Failure,
            response, now);

    public void HandleTransportError(TimeSpan now)
    {
        if (!_isSilent && Fallback is { } other && Remote != other.Remote)
        {
            // RFC 3261 18.1.1: where TCP cannot be had, the large request goes over UDP after all.
            (Remote, _bytes) = other;
            Request.TopVia = Request.TopVia with { Transport = Remote.ViaName };
            State = TransactionState.Initial;
            Start(now);
            return;
        }

        Apply(TransactionEvent.TransportError, null, now);
    }

    private void Apply(TransactionEvent @event, SipResponse? response, TimeSpan now)
    {
        (State, var actions) = IsInvite ? InviteClientTable.Next(State, @event) : NonInviteClientTable.Next(State, @event);
        if (actions.HasFlag(TransactionActions.Send))
        {
            _layer.Send(_bytes, Remote, Local);
        }

        if (actions.HasFlag(TransactionActions.SendAck))
        {
            _layer.Send(_ack ??= HopByHopRequests.AckOf(Request, response!).ToArray(), Remote, Local);
        }

        RunTimers(actions, now);
        if (State == TransactionState.Terminated)
        {
            Close();
        }

        Report(actions, response, now);
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
            // Timer A doubles without a bound, timer E up to T2 (RFC 3261 17.1.1.2, 17.1.2.2).
            _interval = IsInvite || _interval * 2 < timers.T2 ? _interval * 2 : timers.T2;
            _layer.Heap.Start(_retransmit, now + _interval);
        }

        if (actions.HasFlag(TransactionActions.RetransmitSlowly))
        {
            _interval = timers.T2;
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
            // Timer M is the same for all transports (RFC 6026 8.4); D and K are zero on a reliable one (RFC 3261 table 4).
            var linger = State == TransactionState.Accepted ? timers.TransactionTimeout
                : IsReliable ? TimeSpan.Zero
                : IsInvite ? timers.D : timers.T4;
            _layer.Heap.Start(_expiry, now + linger);
        }
    }

    private void Close()
    {
        _layer.Heap.Stop(_retransmit);
        _layer.Heap.Stop(_expiry);
        _layer.Remove(this);
    }

    private void Report(TransactionActions actions, SipResponse? response, TimeSpan now)
    {
        if (actions.HasFlag(TransactionActions.Pass))
        {
            _user.HandleResponse(this, response!, now);
        }

        if (actions.HasFlag(TransactionActions.ReportTimeout))
        {
            _user.HandleFailure(this, SipFailureOrigin.NoResponse, now);
        }

        if (actions.HasFlag(TransactionActions.ReportTransportError))
        {
            _user.HandleFailure(this, SipFailureOrigin.Transport, now);
        }
    }
}
