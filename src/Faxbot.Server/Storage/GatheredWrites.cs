using Npgsql;

namespace Faxbot.Server.Storage;

/// <summary>
/// Writes to PostgreSQL that come while others are under way and go together in the next: one way there and back, one start of the statements and one commit
/// serve all of them. One that the server refuses takes nothing of the others with it. Thread-safe.
/// </summary>
/// <param name="write">Writes all of these in one transaction, and says of each what came of it.</param>
internal sealed class GatheredWrites<TWrite, TResult>(Func<IReadOnlyList<TWrite>, Task<IReadOnlyList<TResult>>> write)
{
    // Who comes later is not to wait for more than this before his own turn.
    private const int MostTogether = 64;
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _isWriting;

    /// <summary>Writes it, with others or alone.</summary>
    /// <param name="what">What is written.</param>
    /// <param name="cancel">Gives up before it is begun; afterwards it is waited for.</param>
    public Task<TResult> WriteAsync(TWrite what, CancellationToken cancel)
    {
        var waiting = new Waiting(what, cancel);
        lock (_gate)
        {
            _waiting.Enqueue(waiting);
            if (_isWriting) return waiting.Result;
            _isWriting = true;
        }

        // It serves everybody, and belongs to none of those who happen to begin it.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(WriteAllAsync, CancellationToken.None);
        return waiting.Result;
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Count: > 0 } together) await WriteAsync(together);
    }

    private List<Waiting> Next()
    {
        List<Waiting> together = [];
        lock (_gate)
        {
            while (together.Count < MostTogether && _waiting.TryDequeue(out var next))
            {
                if (!next.IsGivenUp()) together.Add(next);
            }

            _isWriting = together.Count > 0;
        }

        return together;
    }

    private async Task WriteAsync(List<Waiting> together)
    {
        try
        {
            var results = await write([.. together.Select(one => one.What)]);
            for (var i = 0; i < results.Count; i++) together[i].End(results[i]);
        }
        catch (PostgresException) when (together.Count > 1)
        {
            // Nothing of it is written: each alone learns whether it is so for him too.
            foreach (var one in together) await WriteAsync([one]);
        }
        catch (Exception e)
        {
            // With the connection it is lost what became of it: to do it again might do it twice.
            foreach (var one in together) one.Fail(e);
        }
    }

    private sealed class Waiting(TWrite what, CancellationToken cancel)
    {
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TWrite What => what;

        public Task<TResult> Result => _result.Task;

        public bool IsGivenUp() => cancel.IsCancellationRequested && _result.TrySetCanceled(cancel);

        public void End(TResult result) => _result.SetResult(result);

        public void Fail(Exception e) => _result.SetException(e);
    }
}
