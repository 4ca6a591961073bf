using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Outbox;

/// <summary>An item to be accepted.</summary>
internal sealed record NewOutboxItem
{
    /// <summary>The word of its kind.</summary>
    public required string Kind { get; init; }

    public required string KeyId { get; init; }

    public required PhoneNumber To { get; init; }

    public PhoneNumber? From { get; init; }

    /// <summary>What is sent, as its kind writes it; it is sealed before it is stored.</summary>
    public required byte[] Content { get; init; }

    /// <summary>A content of the store that goes with it; durable already.</summary>
    public string? Document { get; init; }

    public OutboxOptions Options { get; init; } = new();

    /// <summary>Not before; null at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The caller's own name for the request; a second one with it gets the first one's item.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A digest of all that the request said, so that one name is not used for two requests.</summary>
    public string? RequestHash { get; init; }
}
