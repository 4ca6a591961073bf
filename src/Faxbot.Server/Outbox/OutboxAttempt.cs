using Faxbot.Sdk.Accounts;

namespace Faxbot.Server.Outbox;

/// <summary>One attempt as its row tells it.</summary>
internal sealed record OutboxAttempt
{
    /// <summary>The reference that plugins carry; 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string ItemId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required string PluginId { get; init; }

    public required string PluginVersion { get; init; }

    public required long SettingsRevision { get; init; }

    public string? ProviderId { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the provider or line had it, as far as told.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was told that the network had it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public OutboxOutcome? Outcome { get; init; }

    public Money? Cost { get; init; }
}
