namespace Faxbot.Server.Jobs;

/// <summary>Tells those who wait within this gateway that rows of faxes changed. Thread-safe.</summary>
internal sealed class JobSignal
{
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next <see cref="Set"/>. Taken before rows are read, it misses nothing.</summary>
    public Task Next => Volatile.Read(ref _change).Task;

    /// <summary>Something changed; called after its commit.</summary>
    public void Set() => Interlocked.Exchange(ref _change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
