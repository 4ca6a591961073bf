using System.Text.Json;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Faxes;

/// <summary>An attempt as the API shows it.</summary>
internal sealed record AttemptView
{
    public required string Id { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required string Backend { get; init; }

    /// <summary>The version of the plugin and the revision of its settings with which it was made.</summary>
    public required string PluginVersion { get; init; }

    public required long SettingsRevision { get; init; }

    public string? ProviderSid { get; init; }

    /// <summary>The first page of the attempt, counted from 1.</summary>
    public required int FirstPage { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? DialledAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public FaxOutcome? Outcome { get; init; }

    public Money? Cost { get; init; }

    public required IReadOnlyList<PageView> Pages { get; init; }

    public static AttemptView Of(FaxAttempt attempt) => new()
    {
        Id = attempt.Id,
        Number = attempt.Number,
        Backend = attempt.PluginId,
        PluginVersion = attempt.PluginVersion,
        SettingsRevision = attempt.SettingsRevision,
        ProviderSid = attempt.ProviderId,
        FirstPage = attempt.FirstPage + 1,
        SubmittedAt = attempt.SubmittedAt,
        DialledAt = attempt.DialledAt,
        EndedAt = attempt.EndedAt,
        Outcome = attempt.Outcome,
        Cost = attempt.Cost,
        Pages = [.. attempt.Pages.Select(page => new PageView(page.Page + 1, page.State, page.At, Evidence(page.Evidence)))],
    };

    private static JsonElement? Evidence(string? json) => json is null ? null : JsonElement.Parse(json);
}

/// <summary>One page in one attempt.</summary>
/// <param name="Page">Counted from 1.</param>
/// <param name="State">How far it came; only <c>confirmed</c> counts.</param>
/// <param name="At">When.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record PageView(int Page, PageState State, DateTimeOffset At, JsonElement? Evidence);
