using Faxbot.Sdk.Accounts;

namespace Faxbot.Sdk.Calls;

/// <summary>What is known of a call.</summary>
public sealed record CallStatus
{
    /// <summary>The state.</summary>
    public required CallState State { get; init; }

    /// <summary>How it ended; required in <see cref="CallState.Ended"/>.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>What it cost, once that is known.</summary>
    public Money? Cost { get; init; }
}

/// <summary>The states of a call; final are the last three.</summary>
public enum CallState
{
    /// <summary>It is being placed, or rings.</summary>
    Dialling,
    /// <summary>Somebody or something answered, and the recording is played.</summary>
    Answered,
    /// <summary>It is over; the outcome says how.</summary>
    Ended,
    /// <summary>It was surely never placed.</summary>
    NeverPlaced,
    /// <summary>It cannot be told.</summary>
    Unknown,
}
