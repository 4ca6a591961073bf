using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>What calls have shown of a number. Instants are Unix milliseconds, as they are stored.</summary>
internal sealed record NumberKnowledge
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public string ToNumber { get; init; } = "";

    /// <summary>When a fax machine last answered.</summary>
    public long? ReachedAt { get; init; }

    /// <summary>When it was last found that there is no such number.</summary>
    public long? DeadAt { get; init; }

    /// <summary>Calls since the last fax machine, that something else answered.</summary>
    public long NotFaxCalls { get; init; }

    /// <summary>When the last of them was.</summary>
    public long? NotFaxAt { get; init; }

    /// <summary>Until when T.38 is not tried there.</summary>
    public long? NoT38Until { get; init; }

    public long WindowFrom { get; init; }

    public long WindowDials { get; init; }

    /// <summary>Whether its owner does not want to be sent anything any more; it is kept in a list of its own.</summary>
    public bool IsOptedOut { get; init; }

    /// <summary>When the number may be called once more by the fuse on calls an hour; null at once.</summary>
    public DateTimeOffset? CallableAt(RetryPolicy policy, DateTimeOffset now) =>
        WindowDials >= policy.MostCallsToNumberAnHour && now < WindowEnd ? WindowEnd : null;

    /// <summary>Whether it is known, and not long ago, that there is no such number.</summary>
    public bool IsDead(RetryPolicy policy, DateTimeOffset now) => IsWithin(DeadAt, policy.NumberMemory, now);

    /// <summary>Whether no fax machine ever answered there, as often as that may be tried.</summary>
    public bool IsNoFax(RetryPolicy policy, DateTimeOffset now) =>
        ReachedAt is null && NotFaxCalls >= policy.NotFaxCalls && IsWithin(NotFaxAt, policy.NumberMemory, now);

    public bool RefusesT38(DateTimeOffset now) => NoT38Until > now.ToUnixTimeMilliseconds();

    /// <summary>After another call was placed.</summary>
    public NumberKnowledge AfterDial(DateTimeOffset now) => now < WindowEnd
        ? this with { WindowDials = WindowDials + 1 }
        : this with { WindowFrom = now.ToUnixTimeMilliseconds(), WindowDials = 1 };

    /// <summary>After an attempt ended so; <paramref name="medium"/> is what it was to be carried by.</summary>
    public NumberKnowledge After(FaxOutcome outcome, FaxMedium medium, RetryPolicy policy, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        if (ReachedFax(outcome)) return this with { ReachedAt = at, DeadAt = null, NotFaxCalls = 0, NotFaxAt = null };
        return outcome.Class switch
        {
            OutcomeClass.Dead => this with { DeadAt = at },
            OutcomeClass.NotFax => this with { NotFaxCalls = (IsWithin(NotFaxAt, policy.NumberMemory, now) ? NotFaxCalls : 0) + 1, NotFaxAt = at },
            OutcomeClass.Negotiation when medium != FaxMedium.Audio => this with { NoT38Until = (now + policy.NoT38Memory).ToUnixTimeMilliseconds() },
            _ => this,
        };
    }

    /// <summary>Whether that call reached a fax machine.</summary>
    public static bool ReachedFax(FaxOutcome outcome) => outcome.PagesConfirmed > 0 || outcome.Class == OutcomeClass.Success
        || (outcome.Class is OutcomeClass.Quality or OutcomeClass.Capability or OutcomeClass.Partial or OutcomeClass.Refused && outcome.Phase != OutcomePhase.Dial)
        || outcome.Phase >= OutcomePhase.Train;

    private DateTimeOffset WindowEnd => DateTimeOffset.FromUnixTimeMilliseconds(WindowFrom) + Window;

    private static bool IsWithin(long? at, TimeSpan memory, DateTimeOffset now) => at + (long)memory.TotalMilliseconds > now.ToUnixTimeMilliseconds();
}
