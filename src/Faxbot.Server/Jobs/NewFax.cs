using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Jobs;

/// <summary>A fax to be accepted; its document is durable already.</summary>
internal sealed record NewFax
{
    public required string KeyId { get; init; }

    public required PhoneNumber To { get; init; }

    public PhoneNumber? From { get; init; }

    /// <summary>The document in the content store.</summary>
    public required string Document { get; init; }

    /// <summary>The key that sealed the document, where its row is written with the fax; null where the document has its row.</summary>
    public string? SealedWith { get; init; }

    public required string MediaType { get; init; }

    public JobOptions Options { get; init; } = new();

    public int Priority { get; init; }

    /// <summary>Not before; null at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The caller's own name for the request; a second one with it gets the first one's fax.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A digest of all that the request said, so that one name is not used for two requests.</summary>
    public string? RequestHash { get; init; }

    public string? ResendOf { get; init; }
}
