namespace Faxbot.Server.Jobs;

/// <summary>How a gateway works through its faxes. The defaults fit one machine.</summary>
internal sealed record DispatchOptions
{
    /// <summary>How long a fax belongs to a gateway that gives no sign of life; it is renewed three times as often.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the beginning of a round to the next at least: what happens to many faxes meanwhile is seen by one. A gateway at rest begins at once.</summary>
    public TimeSpan BetweenRounds { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Faxes that a gateway has at a time, calls under way included.</summary>
    public int MostUnderWay { get; init; } = 200;

    /// <summary>Faxes of them that are prepared and submitted at a time.</summary>
    public int MostPreparing { get; init; } = 64;

    /// <summary>Documents that are drawn at a time.</summary>
    public int MostDrawing { get; init; } = Environment.ProcessorCount;

    /// <summary>After which a provider is asked for the first time how far a fax is; each further time waits half as long again.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a call of the gateway's own line, which tells its end by itself.</summary>
    public TimeSpan FirstPollOfLine { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two such questions.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an attempt of which the plugin cannot tell anything may still be told of before it is unknown.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a plugin that cannot be asked is waited for before the attempt is unknown.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an attempt may be under way before it is unknown.</summary>
    public TimeSpan LongestAttempt { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long calls under way may go on when the gateway is stopped.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a status of an attempt that nobody knows is kept.</summary>
    public TimeSpan EarlyStatusMemory { get; init; } = TimeSpan.FromDays(1);
}
