using Faxbot.Sdk.Accounts;

namespace Faxbot.Server.Outbox;

/// <summary>What is told of an attempt, by the answer to a question, a webhook or the plugin by itself.</summary>
internal sealed record OutboxReport
{
    public required OutboxProgress Progress { get; init; }

    /// <summary>Why it was not delivered.</summary>
    public OutboxOutcome? Outcome { get; init; }

    /// <summary>The provider's id, when it was found by the attempt's.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What it cost, once that is known.</summary>
    public Money? Cost { get; init; }
}

/// <summary>How far an attempt came.</summary>
internal enum OutboxProgress
{
    /// <summary>It cannot be told.</summary>
    Unknown,
    /// <summary>The provider surely never had it.</summary>
    NeverSent,
    /// <summary>The provider has it.</summary>
    Accepted,
    /// <summary>It was passed on to the network.</summary>
    Sent,
    /// <summary>It arrived.</summary>
    Delivered,
    /// <summary>It did not arrive.</summary>
    Undelivered,
    /// <summary>It was ended at the provider before it arrived.</summary>
    Cancelled,
}
