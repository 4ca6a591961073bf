namespace Faxbot.Server.Webhooks;

/// <summary>An address that is told what happens to a key's faxes and messages.</summary>
internal sealed record WebhookEndpoint
{
    public required string Id { get; init; }

    public required string KeyId { get; init; }

    public required string Url { get; init; }

    /// <summary>The types of events that it is told, such as <c>fax.success</c>; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether a fax named it; then it is told of the faxes that name it only.</summary>
    public required bool ForFaxes { get; init; }

    public string? Note { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Why the gateway switched it off.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When the next delivery may be tried; null when none waits.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An event on its way to an endpoint, or there.</summary>
internal sealed record WebhookDelivery
{
    public required long EventId { get; init; }

    public string? FaxId { get; init; }

    /// <summary>The message, where the event is no fax's.</summary>
    public string? ItemId { get; init; }

    public required string Type { get; init; }

    /// <summary><c>waiting</c>, <c>delivered</c> or <c>dropped</c>.</summary>
    public required string State { get; init; }

    public required int Tries { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? LastStatus { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
