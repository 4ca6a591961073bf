using Faxbot.Sdk.Calls;

namespace Faxbot.Lines;

/// <summary>A call under way that plays a recording once it is answered. Thread-safe.</summary>
public sealed class VoiceCall : LineCall
{
    internal VoiceCall(TimeProvider time, Func<VoiceCall, CancellationToken, Task<CallOutcome>> script) : base(time) =>
        Completion = RunAsync(cancel => script(this, cancel));

    /// <summary>How it ended.</summary>
    public Task<CallOutcome> Completion { get; }

    internal override Task Ending => Completion;
}
