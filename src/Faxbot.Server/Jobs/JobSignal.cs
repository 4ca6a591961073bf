namespace Faxbot.Server.Jobs;

/// <summary>Tells those who wait within this gateway that rows of faxes changed. Thread-safe.</summary>
internal sealed class JobSignal
{
    private TaskCompletionSource _change = New();
    private TaskCompletionSource _work = New();

    /// <summary>Ends with the next change. Taken before rows are read, it misses nothing.</summary>
    public Task Next => Volatile.Read(ref _change).Task;

    /// <summary>Ends with the next change that may give the dispatcher something to do.</summary>
    public Task NextWork => Volatile.Read(ref _work).Task;

    /// <summary>Something changed; called after its commit.</summary>
    /// <param name="isWork">False where it is nothing for the dispatcher before it looks of itself.</param>
    public void Set(bool isWork = true)
    {
        Interlocked.Exchange(ref _change, New()).SetResult();
        if (isWork) Interlocked.Exchange(ref _work, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
