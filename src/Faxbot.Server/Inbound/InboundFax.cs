using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Inbound;

/// <summary>A received fax.</summary>
internal sealed record InboundFax
{
    /// <summary>The status of a fax that is there.</summary>
    public const string Received = "received";

    /// <summary>32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required PhoneNumber From { get; init; }

    public required PhoneNumber To { get; init; }

    public required string Status { get; init; }

    /// <summary>The plugin that received it.</summary>
    public required string Backend { get; init; }

    /// <summary>The provider's id of it.</summary>
    public string? ProviderId { get; init; }

    public string? Mailbox { get; init; }

    public required int Pages { get; init; }

    /// <summary>The size of <see cref="Document"/>.</summary>
    public required long Octets { get; init; }

    /// <summary>The PDF in the content store.</summary>
    public required string Document { get; init; }

    /// <summary>The pages as they came, in the content store; null where the provider gave a PDF only.</summary>
    public string? Tiff { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
