namespace Faxbot.Server.Jobs;

/// <summary>An attempt under way, as its gateway watches it; changed by one task at a time.</summary>
/// <param name="attempt">As it was when the watch began.</param>
/// <param name="pages">Pages of the document.</param>
/// <param name="grace">How long it stays open when the plugin cannot tell anything of it.</param>
internal sealed class WatchedAttempt(FaxAttempt attempt, int pages, TimeSpan grace)
{
    public FaxAttempt Attempt { get; } = attempt;

    public int Pages { get; } = pages;

    public TimeSpan Grace { get; } = grace;

    /// <summary>When the plugin is asked next.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>How long is waited after the next question.</summary>
    public required TimeSpan Pause { get; set; }

    /// <summary>Since when nobody can tell anything; null while somebody can.</summary>
    public DateTimeOffset? DoubtSince { get; set; }

    /// <summary>When its end was last asked for.</summary>
    public DateTimeOffset? CancelAskedAt { get; set; }
}
