namespace Faxbot.Sip.Transactions;

/// <summary>
/// All timers of a user agent in a binary heap. A stopped timer leaves it at once, so the deadline is exact and calls that are gone hold no memory;
/// start and stop take O(log n).
/// </summary>
internal sealed class TimerHeap
{
    private readonly List<SipTimer> _heap = [];
    private long _starts;

    public int Count => _heap.Count;

    /// <summary>When the next timer elapses, or null.</summary>
    public TimeSpan? Deadline => _heap.Count == 0 ? null : _heap[0].Due;

    /// <summary>Starts the timer, or moves it to the new time.</summary>
    public void Start(SipTimer timer, TimeSpan due)
    {
        Stop(timer);
        timer.Due = due;
        timer.Order = _starts++;
        _heap.Add(timer);
        SiftUp(timer, _heap.Count - 1);
    }

    public void Stop(SipTimer timer)
    {
        var hole = timer.Index;
        if (hole < 0)
        {
            return;
        }

        timer.Index = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last == timer)
        {
            return;
        }

        SiftUp(last, hole);
        SiftDown(last, last.Index);
    }

    /// <summary>Lets every timer elapse that is due, in the order of time, also those that are started meanwhile for an instant not after now.</summary>
    public void Elapse(TimeSpan now)
    {
        while (_heap.Count > 0 && _heap[0].Due <= now)
        {
            var timer = _heap[0];
            Stop(timer);
            timer.Elapse(now);
        }
    }

    private static bool IsBefore(SipTimer a, SipTimer b) => a.Due < b.Due || (a.Due == b.Due && a.Order < b.Order);

    private void SiftUp(SipTimer timer, int index)
    {
        while (index > 0 && IsBefore(timer, _heap[(index - 1) / 2]))
        {
            Put(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Put(timer, index);
    }

    private void SiftDown(SipTimer timer, int index)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _heap.Count)
            {
                break;
            }

            if (child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], timer))
            {
                break;
            }

            Put(_heap[child], index);
            index = child;
        }

        Put(timer, index);
    }

    private void Put(SipTimer timer, int index)
    {
        _heap[index] = timer;
        timer.Index = index;
    }
}
