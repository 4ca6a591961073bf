using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>
/// A re-INVITE of ours (RFC 3261 14.1): waits until no other INVITE is in progress, sends, backs off and repeats on 491, gives up on silence.
/// </summary>
internal sealed class OutgoingReinvite : IClientTransactionUser
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(10);

    private readonly InviteSession _session;
    private readonly SipBody _body;
    private readonly SipTimer _delay;
    private readonly SipTimer _patience;
    private ClientTransaction? _transaction;
    private (byte[] Bytes, SipHop Destination)? _ack;
    private bool _isDelayed;
    private bool _isCancelled;
    private bool _isDone;
    private int _retries;
    private int _tries;

    /// <param name="session">The session to change.</param>
    /// <param name="body">The offer.</param>
    /// <param name="isRefresh">It only keeps the session alive (RFC 4028), and is nothing that the call's owner asked for.</param>
    public OutgoingReinvite(InviteSession session, SipBody body, bool isRefresh)
    {
        _session = session;
        _body = body;
        IsRefresh = isRefresh;
        _delay = new SipTimer(HandleDelayOver);
        _patience = new SipTimer(HandlePatienceOver);
    }

    public bool IsRefresh { get; }

    /// <summary>It is on the wire and has no final response.</summary>
    public bool IsSent => _transaction is not null;

    private UserAgentCore Core => _session.Core;

    /// <summary>Sends it unless it was sent, waits for its delay, or another INVITE is in progress.</summary>
    public void TryStart(TimeSpan now)
    {
        if (!IsSent && !_isDelayed && !_isDone && _session.Offers.CanInvite)
        {
            Send(now);
        }
    }

    /// <summary>Gives up what is not on the wire.</summary>
    public void Abandon()
    {
        _isDone = true;
        Core.Heap.Stop(_delay);
    }

    /// <summary>Says and repeats nothing more. A 2xx that still comes is acknowledged; a transaction without a final response is given up in time.</summary>
    public void Stop(TimeSpan now)
    {
        Abandon();
        Core.Heap.Stop(_patience);
        if (_transaction is not null)
        {
            Core.Heap.Start(_patience, now + Core.Options.Timers.TransactionTimeout);
        }
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (response.IsProvisional)
        {
            if (_isCancelled && !_isDone && transaction == _transaction)
            {
                SendCancel(now);
            }

            return;
        }

        if (response.IsSuccess && Acknowledge(transaction, response))
        {
            return;
        }

        if (transaction != _transaction || _isDone)
        {
            return;
        }

        _transaction = null;
        Core.Heap.Stop(_patience);
        if (response.IsSuccess)
        {
            _session.Timer.Learn(response, now);
            var body = SipBody.Of(response);
            _session.Offers.LocalBody = _body;
            _session.Offers.RemoteBody = body ?? _session.Offers.RemoteBody;
            Emit(new SipCallEvent.ReinviteAnswered(_session.Call, response, body));
            Finish(now);
            return;
        }

        HandleRefusal(transaction.Request, response, now);
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
        if (transaction != _transaction || _isDone)
        {
            return;
        }

        Fail(SipFailure.Local(origin), now);
        if (origin != SipFailureOrigin.TooLarge)
        {
            _session.HandleDialogLost(isUnknownToPeer: false, now);
        }
    }

    private void Send(TimeSpan now)
    {
        _tries++;
        _isCancelled = false;
        _ack = null;
        var invite = _session.Peer.CreateTargetRefresh(SipMethod.Invite);
        _session.Timer.Write(invite);
        _body.WriteTo(invite);
        _transaction = _session.Peer.Send(this, invite, now);
        Core.Heap.Start(_patience, now + Core.Options.ReinviteTimeout);
    }

    // True when this 2xx was seen before, or nobody waits for it any more; in each case the ACK is out.
    private bool Acknowledge(ClientTransaction transaction, SipResponse response)
    {
        if (_ack is { } sent)
        {
            Core.Send(sent.Bytes, sent.Destination, _session.Peer.Local);
            return true;
        }

        _session.Peer.Refresh(response, source: null);
        _ack = _session.Peer.Acknowledge(transaction.Request);
        return _isDone;
    }

    private void HandleRefusal(SipRequest refused, SipResponse response, TimeSpan now)
    {
        if (!_isCancelled && _tries <= Core.Options.MaxReinviteRetries + 3
            && (_session.Peer.Authorization.TryLearn(refused, response) || _session.Timer.TryRaise(response)))
        {
            Send(now);
            return;
        }

        if (!_isCancelled && _retries < Core.Options.MaxReinviteRetries && DelayAfter(response) is { } delay)
        {
            _retries++;
            _isDelayed = true;
            Core.Heap.Start(_delay, now + delay);
            Emit(new SipCallEvent.ReinviteDelayed(_session.Call, delay, response));
            return;
        }

        Fail(_isCancelled && response.Status == 487 ? SipFailure.Local(SipFailureOrigin.NoAnswer) : SipFailure.Of(response), now);
        if (response.Status is 481 or 408)
        {
            _session.HandleDialogLost(isUnknownToPeer: response.Status == 481, now);
        }
    }

    // RFC 3261 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other side 0 to 2 s, in units of 10 ms, so that they do not meet again.
    // 14.2: 500 with Retry-After says that the peer still works on another INVITE.
    private TimeSpan? DelayAfter(SipResponse response) => response.Status switch
    {
        491 when _session.Call.IsOutgoing => TimeSpan.FromMilliseconds(2100 + (10 * Core.Tokens.Next(191))),
        491 => TimeSpan.FromMilliseconds(10 * Core.Tokens.Next(201)),
        500 when response.Headers.RetryAfter is { } after && after.Delay <= LongestRetryAfter => after.Delay,
        _ => null,
    };

    private void HandleDelayOver(TimeSpan now)
    {
        _isDelayed = false;
        TryStart(now);
    }

    private void HandlePatienceOver(TimeSpan now)
    {
        if (_transaction is not { } transaction)
        {
            return;
        }

        if (_isDone)
        {
            transaction.Abandon(now);
            return;
        }

        if (_isCancelled)
        {
            // RFC 3261 9.1: 64 * T1 after the CANCEL nothing will come any more.
            transaction.Abandon(now);
            Fail(SipFailure.Local(SipFailureOrigin.NoAnswer), now);
            _session.HandleDialogLost(isUnknownToPeer: false, now);
            return;
        }

        _isCancelled = true;
        if (transaction.State == TransactionState.Proceeding)
        {
            SendCancel(now);
        }
    }

    private void SendCancel(TimeSpan now)
    {
        if (!_patience.IsRunning)
        {
            var invite = _transaction!.Request;
            Core.SendRequest(
                IgnoredResponses.Instance, HopByHopRequests.CancelOf(invite), invite.TopVia.Branch!, _transaction.Remote, _transaction.Local, now);
            Core.Heap.Start(_patience, now + Core.Options.Timers.TransactionTimeout);
        }
    }

    private void Fail(SipFailure failure, TimeSpan now)
    {
        Emit(new SipCallEvent.ReinviteFailed(_session.Call, failure));
        if (IsRefresh)
        {
            _session.Timer.RetryRefresh(now);
        }

        Finish(now);
    }

    private void Finish(TimeSpan now)
    {
        _transaction = null;
        Stop(now);
        _session.Offers.HandleDone(this, now);
    }

    private void Emit(SipCallEvent @event)
    {
        if (!IsRefresh)
        {
            _session.Emit(@event);
        }
    }
}
