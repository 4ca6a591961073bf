using Faxbot.Sdk.Accounts;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Messages;

/// <summary>An attempt as the API shows it.</summary>
internal sealed record MessageAttemptView
{
    public required string Id { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required string Backend { get; init; }

    /// <summary>The version of the plugin and the revision of its settings with which it was made.</summary>
    public required string PluginVersion { get; init; }

    public required long SettingsRevision { get; init; }

    public string? ProviderSid { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the provider had it, as far as told.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was told that the network had it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public OutboxOutcome? Outcome { get; init; }

    public Money? Cost { get; init; }

    public static MessageAttemptView Of(OutboxAttempt attempt) => new()
    {
        Id = attempt.Id,
        Number = attempt.Number,
        Backend = attempt.PluginId,
        PluginVersion = attempt.PluginVersion,
        SettingsRevision = attempt.SettingsRevision,
        ProviderSid = attempt.ProviderId,
        SubmittedAt = attempt.SubmittedAt,
        AcceptedAt = attempt.AcceptedAt,
        SentAt = attempt.SentAt,
        EndedAt = attempt.EndedAt,
        Outcome = attempt.Outcome,
        Cost = attempt.Cost,
    };
}
