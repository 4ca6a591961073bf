using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines;

/// <summary>A fax call under way on some line. When it is cancelled, DCN goes before BYE. Thread-safe.</summary>
public sealed class FaxCall : LineCall
{
    internal FaxCall(TimeProvider time, Func<FaxCall, CancellationToken, Task<FaxOutcome>> script) : base(time) =>
        Completion = RunAsync(cancel => script(this, cancel));

    /// <summary>How it ended.</summary>
    public Task<FaxOutcome> Completion { get; }

    internal override Task Ending => Completion;
}

/// <summary>An event with its time.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What.</param>
public readonly record struct TimedEvent(DateTimeOffset At, LineEvent Event);
