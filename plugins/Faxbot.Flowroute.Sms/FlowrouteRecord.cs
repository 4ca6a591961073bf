using Faxbot.Sdk.Accounts;

namespace Faxbot.Flowroute.Sms;

/// <summary>A JSON:API document with one resource.</summary>
internal sealed record FlowrouteDocument<T>(FlowrouteResource<T> Data);

/// <summary>A resource.</summary>
internal sealed record FlowrouteResource<T>(string Type, string? Id = null, T? Attributes = default);

/// <summary>What Flowroute is asked to send.</summary>
internal sealed record FlowrouteOutgoing(string To, string From, string Body, bool IsMms, string? DlrCallback);

/// <summary>A message record, and what a webhook brings of a message or of its delivery: each has some of the fields.</summary>
internal sealed record FlowrouteRecord(
    string? From = null,
    string? To = null,
    string? Body = null,
    string? Timestamp = null,
    string? Status = null,
    int? StatusCode = null,
    int? Level = null,
    decimal? AmountNanodollars = null,
    IReadOnlyList<FlowrouteReceipt>? DeliveryReceipts = null)
{
    private const decimal NanodollarsPerDollar = 1_000_000_000m;

    /// <summary>What it cost.</summary>
    public Money? Cost => AmountNanodollars is { } amount ? new Money(amount / NanodollarsPerDollar, "USD") : null;
}

/// <summary>A delivery receipt. Level 1 is the hand-off to the carrier, level 2 what is known later.</summary>
internal sealed record FlowrouteReceipt(string Status, int? StatusCode = null, int? Level = null);

/// <summary>A message that came in, as version 1 told it.</summary>
internal sealed record FlowrouteFlatMessage(string Id, string From, string To, string? Body = null);
