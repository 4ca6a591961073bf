namespace Faxbot.Server.Jobs;

/// <summary>Which faxes are asked for, newest first.</summary>
internal sealed record JobQuery
{
    /// <summary>Only those of this key; null all.</summary>
    public string? KeyId { get; init; }

    public IReadOnlyCollection<JobState>? States { get; init; }

    public string? PluginId { get; init; }

    /// <summary>The end or the whole of the number.</summary>
    public string? ToNumber { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedUntil { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}

/// <summary>Some of the faxes that were asked for.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="Total">How many there are in all, counted up to ten thousand.</param>
internal sealed record JobPage(IReadOnlyList<FaxJob> Jobs, long Total);
