using System.Threading.Channels;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines;

/// <summary>
/// A fax call under way on some line. Its events can be read once, as they come; it ends with one outcome, never with an exception
/// but for a defect of ours. Thread-safe.
/// </summary>
public sealed class FaxCall
{
    private readonly Action _cancel;
    private readonly Channel<TimedEvent> _events = Channel.CreateUnbounded<TimedEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TimeProvider _time;

    internal FaxCall(TimeProvider time, Func<FaxCall, CancellationToken, Task<FaxOutcome>> script)
    {
        _time = time;
        Started = time.GetUtcNow();
        var cancel = new CancellationTokenSource();
        _cancel = cancel.Cancel;
        Completion = RunAsync(script, cancel.Token);
    }

    /// <summary>When the call began.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>What happens, until the call is over.</summary>
    public IAsyncEnumerable<TimedEvent> Events => _events.Reader.ReadAllAsync();

    /// <summary>How it ended.</summary>
    public Task<FaxOutcome> Completion { get; }

    /// <summary>Ends the call in order: CANCEL before the answer, DCN and BYE after it. <see cref="Completion"/> says what was reached.</summary>
    public void Cancel() => _cancel();

    internal void Report(LineEvent happened) => _events.Writer.TryWrite(new TimedEvent(_time.GetUtcNow(), happened));

    private async Task<FaxOutcome> RunAsync(Func<FaxCall, CancellationToken, Task<FaxOutcome>> script, CancellationToken cancel)
    {
        try
        {
            await Task.Yield();
            return await script(this, cancel);
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}

/// <summary>An event with its time.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What.</param>
public readonly record struct TimedEvent(DateTimeOffset At, LineEvent Event);
