namespace Faxbot.Testing;

/// <summary>A clock that runs <paramref name="factor"/> times as fast as the real one, timers included, for peers with a time scale.</summary>
public sealed class ScaledTimeProvider(int factor) : TimeProvider
{
    private readonly long _origin = System.GetTimestamp();

    /// <inheritdoc/>
    public override long GetTimestamp() => _origin + (System.GetTimestamp() - _origin) * factor;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)), factor);

    private TimeSpan Scale(TimeSpan time) => Scale(time, factor);

    private static TimeSpan Scale(TimeSpan time, int factor) => time < TimeSpan.Zero ? time : time / factor;

    private sealed class Timer(ITimer inner, int factor) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Scale(dueTime, factor), Scale(period, factor));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
