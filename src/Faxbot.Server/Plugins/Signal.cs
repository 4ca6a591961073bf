namespace Faxbot.Server.Plugins;

/// <summary>Wakes all who wait for the next time. Take <see cref="Next"/>, look, then await it: nothing is missed. Thread-safe.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes when <see cref="Raise"/> is called next.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
