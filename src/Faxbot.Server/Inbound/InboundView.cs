using System.Text.Json.Serialization;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Inbound;

/// <summary>A received fax as the API shows it; the names are those that clients of old read.</summary>
internal sealed record InboundView
{
    public required string Id { get; init; }

    /// <summary>Who sent it.</summary>
    public required PhoneNumber Fr { get; init; }

    public required PhoneNumber To { get; init; }

    public required string Status { get; init; }

    public required string Backend { get; init; }

    public required int Pages { get; init; }

    /// <summary>The size of its PDF.</summary>
    public required long SizeBytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Mailbox { get; init; }

    public static InboundView Of(InboundFax fax) => new()
    {
        Id = fax.Id,
        Fr = fax.From,
        To = fax.To,
        Status = fax.Status,
        Backend = fax.Backend,
        Pages = fax.Pages,
        SizeBytes = fax.Octets,
        CreatedAt = fax.CreatedAt,
        ReceivedAt = fax.ReceivedAt,
        UpdatedAt = fax.UpdatedAt,
        Mailbox = fax.Mailbox,
    };
}
