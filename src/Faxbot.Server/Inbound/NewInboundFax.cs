using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Inbound;

/// <summary>A received fax that is to be kept; its contents are durable already.</summary>
internal sealed record NewInboundFax
{
    public required PhoneNumber From { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary>The plugin that received it.</summary>
    public required string Backend { get; init; }

    /// <summary>The provider's id; a second one with it gets the first one's row.</summary>
    public string? ProviderId { get; init; }

    public string Status { get; init; } = InboundFax.Received;

    public string? Mailbox { get; init; }

    public required int Pages { get; init; }

    /// <summary>The size of <see cref="Document"/>.</summary>
    public required long Octets { get; init; }

    /// <summary>The PDF in the content store.</summary>
    public required string Document { get; init; }

    /// <summary>The pages as they came, in the content store.</summary>
    public string? Tiff { get; init; }

    /// <summary>When the last page came; null now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}
