namespace Faxbot.Sip.Transactions;

/// <summary>One timer of a <see cref="TimerHeap"/>; it runs at most once per start.</summary>
internal sealed class SipTimer(Action<TimeSpan> elapsed)
{
    public bool IsRunning => Index >= 0;

    public TimeSpan Due { get; set; }

    /// <summary>The place in the heap, -1 while not running.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Breaks ties, so that timers of one instant elapse in the order of their starts.</summary>
    public long Order { get; set; }

    public void Elapse(TimeSpan now) => elapsed(now);
}
