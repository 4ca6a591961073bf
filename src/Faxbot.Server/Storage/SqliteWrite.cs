using System.Data.Common;

namespace Faxbot.Server.Storage;

/// <summary>A write that waits for its turn.</summary>
internal abstract class SqliteWrite(Durability durability)
{
    public Durability Durability { get; } = durability;

    /// <summary>Ends it when who wrote has given up; what is begun is not broken off.</summary>
    public abstract bool IsGivenUp();

    /// <summary>Does it; again when the transaction came to nothing.</summary>
    /// <returns>False when it failed, which its writer is then told.</returns>
    public abstract Task<bool> RunAsync(DbTransaction transaction);

    /// <summary>What it did is committed.</summary>
    public abstract void Committed();

    /// <summary>What it did could not be committed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>One with a result.</summary>
internal sealed class SqliteWrite<T>(Func<DbTransaction, Task<T>> work, Durability durability, CancellationToken cancel) : SqliteWrite(durability)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<T>? _run;

    public Task<T> Result => _result.Task;

    public override bool IsGivenUp() => cancel.IsCancellationRequested && _result.TrySetCanceled(cancel);

    public override async Task<bool> RunAsync(DbTransaction transaction)
    {
        _run = WorkAsync(transaction);
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_run.IsCompletedSuccessfully) _result.SetFromTask(_run);
        return _run.IsCompletedSuccessfully;
    }

    public override void Committed() => _result.SetFromTask(_run!);

    public override void Fail(Exception exception) => _result.SetException(exception);

    // What it throws at once is in the task, too.
    private async Task<T> WorkAsync(DbTransaction transaction) => await work(transaction);
}
