using System.Text.Json.Serialization;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Faxes;

/// <summary>
/// A fax as the API shows it. The first nine fields are what clients of old read: they are always there, and <c>status</c> has their four words.
/// What follows says more.
/// </summary>
internal sealed record FaxView
{
    public required string Id { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c>, <c>SUCCESS</c> or <c>FAILED</c>; <c>state</c> is finer.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, in a sentence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Error { get; init; }

    /// <summary>Pages of the document, once it was drawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Pages { get; init; }

    /// <summary>The plugin that carries it; empty until one was chosen.</summary>
    public required string Backend { get; init; }

    /// <summary>The provider's id of the last attempt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ProviderSid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required JobState State { get; init; }

    public PhoneNumber? From { get; init; }

    /// <summary>What the document is, by its content.</summary>
    public required string MediaType { get; init; }

    /// <summary>How the last attempt ended, or the whole when the state is final.</summary>
    public FaxOutcome? Outcome { get; init; }

    /// <summary>What happens next, or what to do.</summary>
    public string? Next { get; init; }

    /// <summary>Pages from the first on that the far end confirmed.</summary>
    public required int PagesConfirmed { get; init; }

    /// <summary>Calls that were placed.</summary>
    public required int Dials { get; init; }

    /// <summary>Calls that reached a fax machine.</summary>
    public required int Tries { get; init; }

    public required int Priority { get; init; }

    /// <summary>The earliest instant of the next attempt.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required bool CancelRequested { get; init; }

    /// <summary>The fax that this one repeats.</summary>
    public string? ResendOf { get; init; }

    public string? ClientReference { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Where the document can be read as PDF for a while, without a key.</summary>
    public string? DocumentUrl { get; init; }

    public static FaxView Of(FaxJob job) => new()
    {
        Id = job.Id,
        To = job.To,
        Status = StatusWord.Of(job.State),
        Error = ErrorOf(job),
        Pages = job.Pages,
        Backend = job.PluginId ?? job.Options.PluginId ?? "",
        ProviderSid = job.ProviderId,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        State = job.State,
        From = job.From,
        MediaType = job.MediaType,
        Outcome = job.Outcome,
        Next = job.Outcome?.Next is { Length: > 0 } next ? next : null,
        PagesConfirmed = job.ConfirmedPages,
        Dials = job.Dials,
        Tries = job.Tries,
        Priority = job.Priority,
        DueAt = job.DueAt,
        FinishedAt = job.FinishedAt,
        CancelRequested = job.CancelRequested,
        ResendOf = job.ResendOf,
        ClientReference = job.Options.ClientReference,
        WebhookUrl = job.Options.WebhookUrl,
    };

    // Clients of old know no word for a fax that was cancelled, and none for one that nobody can tell of: the sentence must say it.
    private static string? ErrorOf(FaxJob job) => job switch
    {
        { State: JobState.Cancelled, Outcome: { } last } when last.Next is { Length: > 0 } cancelled && last.Sentence != cancelled => $"{cancelled} {last.Sentence}",
        _ when StatusWord.Of(job.State) == StatusWord.Failed => job.Outcome?.Sentence,
        _ => null,
    };
}
