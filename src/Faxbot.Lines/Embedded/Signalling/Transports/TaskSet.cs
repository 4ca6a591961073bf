using System.Collections.Concurrent;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Tasks under way, which are waited for in the end. Thread-safe.</summary>
internal sealed class TaskSet
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    public void Add(Task task)
    {
        _running.TryAdd(task, 0);
        // One that failed stays, so that its defect shows in the end.
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Until none is left, also of those that are added meanwhile.</summary>
    public async Task WhenAllAsync()
    {
        while (!_running.IsEmpty) await Task.WhenAll(_running.Keys);
    }
}
