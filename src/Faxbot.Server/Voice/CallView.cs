using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Voice;

/// <summary>A voice call as the API shows it.</summary>
internal sealed record CallView
{
    public required string Id { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary>Who calls; left out where the plugin's settings say it.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary><c>accepted</c> while it rings, <c>sent</c> while it plays, <c>delivered</c> when all was played.</summary>
    public required OutboxState State { get; init; }

    /// <summary>The plugin that carries it; empty until one was chosen.</summary>
    public required string Backend { get; init; }

    /// <summary>How the last attempt ended, or the whole when the state is final.</summary>
    public OutboxOutcome? Outcome { get; init; }

    public bool CancelRequested { get; init; }

    public string? ClientReference { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>The earliest instant of the next attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it came to an end after which nothing more is expected.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The attempts, where one call was asked for.</summary>
    public IReadOnlyList<CallAttemptView>? Attempts { get; init; }

    public static CallView Of(OutboxItem item) => new()
    {
        Id = item.Id,
        To = item.To,
        From = item.From,
        State = item.State,
        Backend = item.PluginId ?? "",
        Outcome = item.Outcome,
        CancelRequested = item.CancelRequested,
        ClientReference = item.Options.ClientReference,
        WebhookUrl = item.Options.WebhookUrl,
        DueAt = item.State == OutboxState.Queued ? item.DueAt : null,
        CreatedAt = item.CreatedAt,
        UpdatedAt = item.UpdatedAt,
        FinishedAt = item.SettledAt,
    };
}

/// <summary>An attempt as the API shows it.</summary>
internal sealed record CallAttemptView
{
    public required string Id { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required string Backend { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it was answered, by a person or a machine; left out where it was not.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public OutboxOutcome? Outcome { get; init; }

    public Money? Cost { get; init; }

    public static CallAttemptView Of(OutboxAttempt attempt) => new()
    {
        Id = attempt.Id,
        Number = attempt.Number,
        Backend = attempt.PluginId,
        SubmittedAt = attempt.SubmittedAt,
        AnsweredAt = attempt.SentAt,
        EndedAt = attempt.EndedAt,
        Outcome = attempt.Outcome,
        Cost = attempt.Cost,
    };
}
