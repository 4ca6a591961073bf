namespace Faxbot.Server.Plugins.Processes;

/// <summary>Counts the calls in flight, and can be closed for new ones. Thread-safe.</summary>
internal sealed class CallGate
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Begins a call; false when the gate is closed.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed) return false;
            _inside++;
            return true;
        }
    }

    /// <summary>Ends a call.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            if (_closed && _inside == 0) _empty.TrySetResult();
        }
    }

    /// <summary>Lets nobody in any more, and waits until the last has left.</summary>
    /// <returns>Whether that was so within <paramref name="limit"/>.</returns>
    public async Task<bool> CloseAsync(TimeSpan limit, TimeProvider time)
    {
        lock (_lock)
        {
            _closed = true;
            if (_inside == 0) _empty.TrySetResult();
        }

        if (!_empty.Task.IsCompleted) await Task.WhenAny(_empty.Task, Task.Delay(limit, time));
        return _empty.Task.IsCompleted;
    }
}
