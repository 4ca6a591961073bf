using Faxbot.Server.Storage;

namespace Faxbot.Server.Webhooks;

/// <summary>A row of table <c>webhook_endpoints</c> as it stands there.</summary>
internal sealed class WebhookRow
{
    public string Id { get; set; } = "";
    public string KeyId { get; set; } = "";
    public string Url { get; set; } = "";
    public byte[]? SealedSecret { get; set; }
    public string Events { get; set; } = "";
    public long ForFaxes { get; set; }
    public string? Note { get; set; }
    public long Enabled { get; set; }
    public string? DisabledReason { get; set; }
    public long Failures { get; set; }
    public long? FailingSince { get; set; }
    public long? NextAt { get; set; }
    public long? LeaseUntil { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }

    public bool Wants(string type) => Events == WebhookStore.AllEvents || Events.Split(' ').Contains(type);

    public WebhookEndpoint ToEndpoint() => new()
    {
        Id = Id,
        KeyId = KeyId,
        Url = Url,
        Events = Events.Split(' '),
        ForFaxes = ForFaxes != 0,
        Note = Note,
        Enabled = Enabled != 0,
        DisabledReason = DisabledReason,
        Failures = (int)Failures,
        FailingSince = FailingSince.ToInstant(),
        NextAt = NextAt.ToInstant(),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}

/// <summary>A row of table <c>webhook_deliveries</c> as it stands there.</summary>
internal sealed class DeliveryRow
{
    public const string Waiting = "waiting";
    public const string Delivered = "delivered";

    public string EndpointId { get; set; } = "";
    public long EventId { get; set; }
    public string? FaxId { get; set; }
    public string? OutboxId { get; set; }
    public string? InboundMessageId { get; set; }
    public string Type { get; set; } = "";
    public string Body { get; set; } = "";
    public string State { get; set; } = Waiting;
    public long Tries { get; set; }
    public long? LastStatus { get; set; }
    public string? LastError { get; set; }
    public long CreatedAt { get; set; }
    public long? FinishedAt { get; set; }

    public WebhookDelivery ToDelivery() => new()
    {
        EventId = EventId,
        FaxId = FaxId,
        ItemId = OutboxId ?? InboundMessageId,
        Type = Type,
        State = State,
        Tries = (int)Tries,
        LastStatus = (int?)LastStatus,
        LastError = LastError,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        FinishedAt = FinishedAt.ToInstant(),
    };
}
