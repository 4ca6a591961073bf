namespace Faxbot.Server.Outbox;

/// <summary>Which items are asked for, newest first.</summary>
internal sealed record OutboxQuery
{
    public required string Kind { get; init; }

    /// <summary>Only those of this key; null all.</summary>
    public string? KeyId { get; init; }

    public IReadOnlyCollection<OutboxState>? States { get; init; }

    public string? PluginId { get; init; }

    /// <summary>The number of either side.</summary>
    public string? Number { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedUntil { get; init; }

    /// <summary>Only older ones than this, by id.</summary>
    public string? Before { get; init; }

    public int Limit { get; init; } = 50;
}
