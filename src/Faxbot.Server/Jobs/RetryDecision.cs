namespace Faxbot.Server.Jobs;

/// <summary>What a fax does after an attempt.</summary>
/// <param name="Step">Succeed, fail, requeue or lose.</param>
/// <param name="Next">The same in a sentence for people; empty after success.</param>
internal sealed record RetryDecision(JobStep Step, string Next)
{
    /// <summary>Not before; for a fax that is queued again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How it is sent then.</summary>
    public AttemptPlan? Plan { get; init; }

    /// <summary>Until when nobody uses the trunk; null where it is not to blame.</summary>
    public DateTimeOffset? TrunkPausedUntil { get; init; }

    public static RetryDecision Succeed { get; } = new(JobStep.Succeed, "");

    public static RetryDecision Fail(string next) => new(JobStep.Fail, next);
}
