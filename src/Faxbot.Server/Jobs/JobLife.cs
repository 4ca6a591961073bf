using System.Diagnostics.CodeAnalysis;

namespace Faxbot.Server.Jobs;

/// <summary>
/// How a fax may move: the whole table. <c>docs/jobs.md</c> draws it. What is not here cannot happen, so final states never change and a fax
/// whose outcome is unknown is never queued again.
/// </summary>
internal static class JobLife
{
    /// <summary>The states in which a gateway has the lease.</summary>
    public static bool IsLeased(JobState state) => state is JobState.Preparing or JobState.Submitting or JobState.InProgress;

    /// <summary>The states that never change.</summary>
    public static bool IsFinal(JobState state) => state is JobState.Success or JobState.Failed or JobState.Cancelled;

    /// <summary>Where that step leads; false when it cannot be made from there.</summary>
    public static bool TryMove(JobState state, JobStep step, [NotNullWhen(true)] out JobState? next)
    {
        next = (state, step) switch
        {
            (JobState.Queued, JobStep.Claim) => JobState.Preparing,
            (JobState.Queued, JobStep.Cancel) => JobState.Cancelled,

            (JobState.Preparing, JobStep.Submit) => JobState.Submitting,
            (JobState.Preparing, JobStep.Requeue) => JobState.Queued,
            (JobState.Preparing, JobStep.Fail) => JobState.Failed,
            (JobState.Preparing, JobStep.Cancel) => JobState.Cancelled,

            (JobState.Submitting, JobStep.Take) => JobState.InProgress,
            (JobState.Submitting or JobState.InProgress, JobStep.Requeue) => JobState.Queued,
            (JobState.Submitting or JobState.InProgress, JobStep.Succeed) => JobState.Success,
            (JobState.Submitting or JobState.InProgress, JobStep.Fail) => JobState.Failed,
            (JobState.Submitting or JobState.InProgress, JobStep.Cancel) => JobState.Cancelled,
            (JobState.Submitting or JobState.InProgress, JobStep.Lose) => JobState.Unknown,

            (JobState.Unknown, JobStep.Succeed) => JobState.Success,
            (JobState.Unknown, JobStep.Fail) => JobState.Failed,
            (JobState.Unknown, JobStep.Cancel) => JobState.Cancelled,
            _ => null,
        };
        return next is not null;
    }
}

/// <summary>What can happen to a fax.</summary>
internal enum JobStep
{
    /// <summary>A gateway takes it.</summary>
    Claim,
    /// <summary>The attempt is written; the plugin is called next.</summary>
    Submit,
    /// <summary>The provider or line has it.</summary>
    Take,
    /// <summary>It waits for the next attempt.</summary>
    Requeue,
    /// <summary>It arrived.</summary>
    Succeed,
    /// <summary>It did not arrive and is not tried again.</summary>
    Fail,
    /// <summary>Its owner does not want it any more.</summary>
    Cancel,
    /// <summary>It cannot be told what became of it.</summary>
    Lose,
}
