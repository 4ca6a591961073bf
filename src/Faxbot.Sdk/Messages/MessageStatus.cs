using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Messages;

/// <summary>What is known of a message.</summary>
public sealed record MessageStatus
{
    /// <summary>The state.</summary>
    public required MessageState State { get; init; }

    /// <summary>Why it was not delivered: a sentence without personal data.</summary>
    public string? Reason { get; init; }

    /// <summary>The provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The provider's id, when it was found by the attempt id.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What it cost, once that is known.</summary>
    public Money? Cost { get; init; }
}

/// <summary>The states of a message; final are <see cref="Delivered"/> and <see cref="Undelivered"/>.</summary>
public enum MessageState
{
    /// <summary>The provider has it.</summary>
    Accepted,
    /// <summary>It was passed on to the network.</summary>
    Sent,
    /// <summary>The network or the far end confirmed it.</summary>
    Delivered,
    /// <summary>It was not delivered.</summary>
    Undelivered,
    /// <summary>The provider surely never had it.</summary>
    NeverSent,
    /// <summary>It cannot be told.</summary>
    Unknown,
}

/// <summary>A message that came in.</summary>
/// <param name="ProviderId">Its id; the same message has the same id however often it is told.</param>
/// <param name="At">When it came.</param>
/// <param name="From">Who sent it, as far as told.</param>
/// <param name="To">Which of our numbers it came to.</param>
/// <param name="Text">The text. Personal data.</param>
public sealed record ReceivedMessage(string ProviderId, DateTimeOffset At, PhoneNumber From, PhoneNumber To, string Text);
