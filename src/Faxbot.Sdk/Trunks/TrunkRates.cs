namespace Faxbot.Sdk.Trunks;

/// <summary>What calls cost, by the provider's price list. An estimate: the provider's own records have the last word.</summary>
public sealed record TrunkRates
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Where the prices come from.</summary>
    public required string Source { get; init; }

    /// <summary>When they were looked up.</summary>
    public required DateOnly Checked { get; init; }

    /// <summary>Prices by prefix of E.164 with plus sign; the longest that fits holds.</summary>
    public IReadOnlyList<TrunkRate> Card { get; init; } = [];

    /// <summary>What joins a call to its record at the provider: <c>sip_call_id</c>, or the name of a header field of <see cref="TrunkProfile.Headers"/>.</summary>
    public string? RecordKey { get; init; }

    /// <summary>What a call costs; null when no price fits.</summary>
    /// <param name="number">The called number, E.164 with plus sign.</param>
    /// <param name="duration">From the answer to the end.</param>
    public decimal? Estimate(string number, TimeSpan duration)
    {
        var rate = Card.Where(r => number.StartsWith(r.Prefix, StringComparison.Ordinal)).MaxBy(r => r.Prefix.Length);
        if (rate is null) return null;
        var steps = Math.Max(1, (long)Math.Ceiling(duration / rate.Increment));
        return rate.PerMinute * (decimal)(steps * rate.Increment).TotalMinutes;
    }
}

/// <summary>The price of calls to one prefix.</summary>
public sealed record TrunkRate
{
    /// <summary>The prefix, with plus sign; empty for all.</summary>
    public string Prefix { get; init; } = "+";

    /// <summary>The price of a minute.</summary>
    public required decimal PerMinute { get; init; }

    /// <summary>What is billed at a time.</summary>
    public TimeSpan Increment { get; init; } = TimeSpan.FromMinutes(1);
}
