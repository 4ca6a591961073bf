namespace Faxbot.Server.Outbox;

/// <summary>How a gateway works through the outbox. The defaults fit one machine.</summary>
internal sealed record OutboxWork
{
    /// <summary>How long an item that is being handed over belongs to a gateway that gives no sign of life; it is renewed three times as often.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the beginning of a round to the next at least: what happens to many items meanwhile is seen by one. A gateway at rest begins at once.</summary>
    public TimeSpan BetweenRounds { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Items that a gateway hands over at a time.</summary>
    public int MostAtOnce { get; init; } = 200;

    /// <summary>Items whose plugins are asked at a time what became of them.</summary>
    public int MostLookUps { get; init; } = 32;

    /// <summary>How long items that are being handed over may go on when the gateway is stopped.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a report on an item that nobody knows is kept.</summary>
    public TimeSpan EarlyReportMemory { get; init; } = TimeSpan.FromDays(1);
}
