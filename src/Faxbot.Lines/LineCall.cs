using System.Threading.Channels;

namespace Faxbot.Lines;

/// <summary>
/// A call under way on some line, whatever it carries. Its events can be read once, as they come; it ends with one outcome, never with an
/// exception but for a defect of ours. Thread-safe.
/// </summary>
public abstract class LineCall
{
    private readonly Action _cancel;
    private readonly CancellationToken _cancelled;
    private readonly Channel<TimedEvent> _events = Channel.CreateUnbounded<TimedEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimeProvider _time;

    private protected LineCall(TimeProvider time)
    {
        _time = time;
        Started = time.GetUtcNow();
        var cancel = new CancellationTokenSource();
        (_cancel, _cancelled) = (cancel.Cancel, cancel.Token);
    }

    /// <summary>When the call began.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>What happens, until the call is over.</summary>
    public IAsyncEnumerable<TimedEvent> Events => _events.Reader.ReadAllAsync();

    /// <summary>Over when the call is.</summary>
    internal abstract Task Ending { get; }

    /// <summary>Ends the call in order: CANCEL before the answer, BYE after it. Its completion says what was reached.</summary>
    public void Cancel() => _cancel();

    internal void Report(LineEvent happened) => _events.Writer.TryWrite(new TimedEvent(_time.GetUtcNow(), happened));

    private protected async Task<TOutcome> RunAsync<TOutcome>(Func<CancellationToken, Task<TOutcome>> script)
    {
        try
        {
            await Task.Yield();
            return await script(_cancelled);
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
