namespace Faxbot.Sdk.Accounts;

/// <summary>The span of time that usage is asked for.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end, not included.</param>
public sealed record UsageQuery(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What was used.</summary>
/// <param name="Records">Call or message records in order of time.</param>
/// <param name="IsComplete">Whether these are all of the span, or the provider has more than it gave.</param>
public sealed record UsageReport(IReadOnlyList<UsageRecord> Records, bool IsComplete);

/// <summary>One call or message as the provider charged it.</summary>
public sealed record UsageRecord
{
    /// <summary>The id under which the plugin's results named it.</summary>
    public required string ProviderId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it was charged for; null where length does not count.</summary>
    public TimeSpan? Charged { get; init; }

    /// <summary>Pages or segments, where these count.</summary>
    public int? Units { get; init; }

    /// <summary>What it cost; null where not told.</summary>
    public Money? Cost { get; init; }
}
