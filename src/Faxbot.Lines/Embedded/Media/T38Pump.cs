using Faxbot.Fax.T30;
using Faxbot.Fax.T38;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>
/// Runs a T.38 terminal on a socket and a clock. It owns the terminal: every call into it is made under one lock, drained at once,
/// and followed by arming the timer for its deadline.
/// </summary>
internal sealed class T38Pump : IDisposable
{
    private readonly T38Terminal _terminal;
    private readonly MediaSocket _socket;
    private readonly TimeProvider _time;
    private readonly Action<FaxEvent> _onEvent;
    private readonly Lock _gate = new();
    private readonly byte[] _datagram;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource<FaxResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A pump that stands still until <see cref="RunAsync"/>. <paramref name="onEvent"/> is called under the pump's lock: keep it short.</summary>
    public T38Pump(T38Terminal terminal, MediaSocket socket, TimeProvider time, Action<FaxEvent> onEvent)
    {
        _terminal = terminal;
        _socket = socket;
        _time = time;
        _onEvent = onEvent;
        _datagram = new byte[terminal.MaxDatagram];
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Drive(t => t.HandleTimeout(Now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Runs the session to its end.</summary>
    public async Task<FaxResult> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        Drive(t => t.Start(Now));
        var receiving = ReceiveAsync(stop.Token);
        // A fault in receiving is a fault of the session.
        await await Task.WhenAny(_done.Task, receiving);
        await stop.CancelAsync();
        await receiving;
        return await _done.Task;
    }

    /// <summary>Ends the session with DCN.</summary>
    public void Cancel() => Drive(t => t.Cancel(Now));

    /// <summary>The call is gone: ends the session at once.</summary>
    public void LoseLine() => Drive(t => t.LoseLine(Now));

    public void Dispose() => _timer.Dispose();

    private async Task ReceiveAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var datagram = await _socket.ReceiveAsync(cancel);
                Drive(t => t.HandleDatagram(datagram.Span, Now));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The session is over.
        }
    }

    private void Drive(Action<T38Terminal> input)
    {
        lock (_gate)
        {
            try
            {
                if (_done.Task.IsCompleted) return;
                input(_terminal);
                while (_terminal.TryTakeDatagram(_datagram, out var length)) _socket.Send(_datagram.AsSpan(0, length));
                while (_terminal.TryTakeEvent(out var value)) _onEvent(value!);
                if (_terminal is { IsDone: true, Result: { } result }) _done.TrySetResult(result);
                else Arm();
            }
            catch (Exception broken)
            {
                // The session's owner gets it from RunAsync; a timer callback has nobody above it to tell.
                _done.TrySetException(broken);
            }
        }
    }

    private void Arm()
    {
        if (_terminal.Deadline is not { } deadline) return;
        var wait = deadline - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
