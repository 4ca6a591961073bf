using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>Repeats our 2xx to an INVITE until its ACK comes (RFC 3261 13.3.1.4): first after T1, then ever later up to T2, for 64 * T1 in all.</summary>
internal sealed class SuccessRetransmission
{
    private readonly TimerHeap _heap;
    private readonly SipTimers _timers;
    private readonly ServerTransaction _transaction;
    private readonly Action<SuccessRetransmission, TimeSpan> _expired;
    private readonly SipTimer _timer;
    private TimeSpan _interval;
    private TimeSpan _end;

    /// <param name="core">Whose timers run.</param>
    /// <param name="transaction">The transaction that the 2xx was sent by.</param>
    /// <param name="isReinvite">It is a re-INVITE's.</param>
    /// <param name="expectsAnswer">The 2xx made an offer, so the ACK carries the answer.</param>
    /// <param name="expired">No ACK came.</param>
    public SuccessRetransmission(
        UserAgentCore core, ServerTransaction transaction, bool isReinvite, bool expectsAnswer, Action<SuccessRetransmission, TimeSpan> expired)
    {
        _heap = core.Heap;
        _timers = core.Options.Timers;
        _transaction = transaction;
        _expired = expired;
        _timer = new SipTimer(Elapse);
        IsReinvite = isReinvite;
        ExpectsAnswer = expectsAnswer;
    }

    public uint Sequence => _transaction.Request.CSeq.Number;

    public bool IsReinvite { get; }

    public bool ExpectsAnswer { get; }

    public void Start(TimeSpan now)
    {
        _interval = _timers.T1;
        _end = now + _timers.TransactionTimeout;
        _heap.Start(_timer, now + _interval);
    }

    public void Stop() => _heap.Stop(_timer);

    private void Elapse(TimeSpan now)
    {
        if (now >= _end)
        {
            _expired(this, now);
            return;
        }

        _transaction.Repeat(now);
        _interval = _interval * 2 < _timers.T2 ? _interval * 2 : _timers.T2;
        var next = now + _interval;
        _heap.Start(_timer, next < _end ? next : _end);
    }
}
