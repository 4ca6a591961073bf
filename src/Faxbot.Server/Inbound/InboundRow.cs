using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Inbound;

/// <summary>A row of table <c>inbound</c> as it stands there.</summary>
internal sealed class InboundRow
{
    public string Id { get; set; } = "";
    public string FromNumber { get; set; } = "";
    public string ToNumber { get; set; } = "";
    public string Status { get; set; } = "";
    public string Backend { get; set; } = "";
    public string? ProviderId { get; set; }
    public string? Mailbox { get; set; }
    public long Pages { get; set; }
    public long Octets { get; set; }
    public string Document { get; set; } = "";
    public string? Tiff { get; set; }
    public long ReceivedAt { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }

    public static InboundRow Of(NewInboundFax fax, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("N"),
        FromNumber = fax.From.Value,
        ToNumber = fax.To.Value,
        Status = fax.Status,
        Backend = fax.Backend,
        ProviderId = fax.ProviderId,
        Mailbox = fax.Mailbox,
        Pages = fax.Pages,
        Octets = fax.Octets,
        Document = fax.Document,
        Tiff = fax.Tiff,
        ReceivedAt = (fax.ReceivedAt ?? now).ToUnixTimeMilliseconds(),
        CreatedAt = now.ToUnixTimeMilliseconds(),
        UpdatedAt = now.ToUnixTimeMilliseconds(),
    };

    public InboundFax ToFax() => new()
    {
        Id = Id,
        From = new PhoneNumber(FromNumber),
        To = new PhoneNumber(ToNumber),
        Status = Status,
        Backend = Backend,
        ProviderId = ProviderId,
        Mailbox = Mailbox,
        Pages = (int)Pages,
        Octets = Octets,
        Document = Document,
        Tiff = Tiff,
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}
