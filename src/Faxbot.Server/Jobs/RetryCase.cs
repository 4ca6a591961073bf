using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Jobs;

/// <summary>All that the rules look at when an attempt has ended.</summary>
/// <param name="Job">The fax, its pages and calls counted with this attempt.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Number">What was known of the number before.</param>
/// <param name="Ended">How many attempts of the fax ended in each class, this one included.</param>
/// <param name="Now">When it ended.</param>
internal sealed record RetryCase(
    FaxJob Job, FaxAttempt Attempt, FaxOutcome Outcome, NumberKnowledge Number, IReadOnlyDictionary<OutcomeClass, int> Ended, DateTimeOffset Now)
{
    /// <summary>How many attempts ended as this one did.</summary>
    public int Count => Ended.GetValueOrDefault(Outcome.Class, 1);

    /// <summary>Whether the far end confirmed each page of the document.</summary>
    public bool AllConfirmed => Job.Pages is > 0 and var pages && Job.ConfirmedPages >= pages;

    /// <summary>What the attempt was to be carried by.</summary>
    public FaxMedium Medium(RetryPolicy policy) => MediumFor(Job.Plan, Number, policy, Attempt.SubmittedAt) ?? FaxMedium.T38;

    /// <summary>What an attempt is to be carried by; null leaves it to the trunk profile.</summary>
    public static FaxMedium? MediumFor(AttemptPlan plan, NumberKnowledge number, RetryPolicy policy, DateTimeOffset now) =>
        plan.Medium ?? (policy.Audio && number.RefusesT38(now) ? FaxMedium.Audio : null);
}
