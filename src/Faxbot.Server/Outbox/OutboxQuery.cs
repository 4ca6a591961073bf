using Dapper;

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

    /// <summary>What all rows of messages have in common that are asked for: a plugin, two numbers, an instant and an id. <see cref="Values"/> has the values.</summary>
    public List<string> Terms()
    {
        List<string> terms = [];
        if (PluginId is not null) terms.Add("plugin_id = @PluginId");
        if (Number is not null) terms.Add("(to_number = @Number or from_number = @Number)");
        if (From is not null) terms.Add("from_number = @From");
        if (To is not null) terms.Add("to_number = @To");
        if (CreatedFrom is not null) terms.Add("created_at >= @created");
        if (CreatedUntil is not null) terms.Add("created_at < @until");
        if (Before is not null) terms.Add("id < @Before");
        return terms;
    }

    /// <summary>The values that <see cref="Terms"/> name, and the limit.</summary>
    public DynamicParameters Values() => new(new
    {
        PluginId,
        Number,
        From,
        To,
        created = CreatedFrom?.ToUnixTimeMilliseconds(),
        until = CreatedUntil?.ToUnixTimeMilliseconds(),
        Before,
        Limit,
    });
}
