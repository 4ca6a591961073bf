using Faxbot.Server.Api;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Faxes;

/// <summary>Which faxes a list is to have.</summary>
internal sealed record FaxFilter
{
    /// <summary>A status word or a state.</summary>
    public string? Status { get; init; }

    /// <summary>The same; the name that goes with <c>state</c> in the answer.</summary>
    public string? State { get; init; }

    /// <summary>The plugin that carries them.</summary>
    public string? Backend { get; init; }

    /// <summary>The number, or how it ends.</summary>
    public string? To { get; init; }

    /// <summary>Accepted at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many; 50 when nothing is said.</summary>
    public int? Limit { get; init; }

    /// <summary>After how many of them the page begins.</summary>
    public int? Offset { get; init; }

    /// <exception cref="ProblemException">A value is wrong.</exception>
    public JobQuery ToQuery(string? keyId)
    {
        var errors = new FieldErrors();
        IReadOnlyCollection<JobState>? states = null;
        if ((State ?? Status) is { } word && !StatusWord.TryParse(word, out states)) errors.Add(State is null ? "status" : "state", "No fax has that state.");
        if (Limit is < 1 or > HttpLimits.ListedRows) errors.Add("limit", $"From 1 to {HttpLimits.ListedRows}.");
        if (Offset < 0) errors.Add("offset", "0 or more.");
        errors.ThrowIfAny();
        return new JobQuery
        {
            KeyId = keyId,
            States = states,
            PluginId = Backend,
            ToNumber = To,
            CreatedFrom = From,
            CreatedUntil = Until,
            Limit = Limit ?? 50,
            Offset = Offset ?? 0,
        };
    }
}

/// <summary>Some of the faxes that were asked for.</summary>
/// <param name="Total">How many there are in all, counted up to ten thousand.</param>
/// <param name="Faxes">The newest first.</param>
internal sealed record FaxList(long Total, IReadOnlyList<FaxView> Faxes);
