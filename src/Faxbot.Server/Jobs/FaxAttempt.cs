using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>One attempt as its row tells it.</summary>
internal sealed record FaxAttempt
{
    /// <summary>The reference that plugins and calls carry; 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string FaxId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required string PluginId { get; init; }

    public required string PluginVersion { get; init; }

    public required long SettingsRevision { get; init; }

    /// <summary>The gateway that made it.</summary>
    public required string Gateway { get; init; }

    /// <summary>The first page of this attempt, counted from 0.</summary>
    public required int FirstPage { get; init; }

    /// <summary>Whether all that it can send goes through a line of the gateway's own; then <see cref="DialledAt"/> null proves that nothing left.</summary>
    public bool OnlyLine { get; init; }

    public string? ProviderId { get; init; }

    /// <summary>Whether the provider or line has said that it has it.</summary>
    public bool IsTaken { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When the line of the gateway's own was about to place the call; null when that did not happen.</summary>
    public DateTimeOffset? DialledAt { get; init; }

    /// <summary>The Asterisk servers of which one may have placed the call; none where our own line did.</summary>
    public IReadOnlyList<string> AsteriskServers { get; init; } = [];

    public DateTimeOffset? EndedAt { get; init; }

    public FaxOutcome? Outcome { get; init; }

    public Money? Cost { get; init; }

    public IReadOnlyList<AttemptPage> Pages { get; init; } = [];
}

/// <summary>One page in one attempt.</summary>
/// <param name="Page">Counted from 0 over the whole document.</param>
/// <param name="State">How far it came.</param>
/// <param name="At">When.</param>
/// <param name="Evidence">What was seen: the post-page response, rate, octets; JSON.</param>
internal sealed record AttemptPage(int Page, PageState State, DateTimeOffset At, string? Evidence);

/// <summary>How far a page came.</summary>
internal enum PageState
{
    Sending,
    Sent,
    Confirmed,
    Rejected,
}
