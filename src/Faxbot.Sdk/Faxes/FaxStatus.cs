using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Faxes;

/// <summary>What is known of an attempt.</summary>
public sealed record FaxStatus
{
    /// <summary>The state.</summary>
    public required FaxState State { get; init; }

    /// <summary>How it ended; required in <see cref="FaxState.Success"/>, <see cref="FaxState.Failed"/> and <see cref="FaxState.Cancelled"/>.</summary>
    public FaxOutcome? Outcome { get; init; }

    /// <summary>The provider's id, when it was found by the attempt id.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What it cost, once that is known.</summary>
    public Money? Cost { get; init; }
}

/// <summary>The states of an attempt at a provider.</summary>
public enum FaxState
{
    /// <summary>It waits there.</summary>
    Queued,
    /// <summary>It is under way.</summary>
    InProgress,
    /// <summary>All pages were confirmed.</summary>
    Success,
    /// <summary>It failed; the outcome says what was reached.</summary>
    Failed,
    /// <summary>It was cancelled; the outcome says what was reached.</summary>
    Cancelled,
    /// <summary>The provider surely never had it: nothing left.</summary>
    NeverSent,
    /// <summary>It cannot be told.</summary>
    Unknown,
}
