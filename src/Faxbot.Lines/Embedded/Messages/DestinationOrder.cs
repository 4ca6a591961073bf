namespace Faxbot.Lines.Embedded.Messages;

/// <summary>
/// Lets messages to one destination out one after the other, in the order in which they came: RFC 3428 8 allows one MESSAGE at a time to be open
/// there. Thread-safe.
/// </summary>
internal sealed class DestinationOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _last = [];

    /// <summary>Waits until it is this one's turn; disposing of the turn lets the next one go.</summary>
    /// <param name="destination">Number and domain.</param>
    /// <param name="cancel">Gives the place in the row up.</param>
    public async Task<IDisposable> EnterAsync(string destination, CancellationToken cancel)
    {
        var turn = new Turn(this, destination);
        Task before;
        lock (_gate)
        {
            before = _last.GetValueOrDefault(destination, Task.CompletedTask);
            _last[destination] = turn.Over;
        }

        try
        {
            await before.WaitAsync(cancel);
            return turn;
        }
        catch (OperationCanceledException)
        {
            // Who stands behind still waits for who stands before.
            _ = before.ContinueWith(_ => turn.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private sealed class Turn(DestinationOrder order, string destination) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose()
        {
            lock (order._gate)
            {
                if (order._last.GetValueOrDefault(destination) == Over) order._last.Remove(destination);
            }

            _over.TrySetResult();
        }
    }
}
