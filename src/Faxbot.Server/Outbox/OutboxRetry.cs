using System.Globalization;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Outbox;

/// <summary>What an item does after an attempt that came to nothing: a pure function of what is known. <c>docs/outbox.md</c> has it as a table.</summary>
internal static class OutboxRetry
{
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="pluginId">Who made it.</param>
    /// <param name="attempts">Attempts so far, this one included.</param>
    /// <param name="count">Those of them that ended in this class.</param>
    /// <param name="plan">What earlier ones taught.</param>
    /// <param name="rules">Those of the kind.</param>
    /// <param name="now">When.</param>
    public static OutboxDecision Decide(OutboxOutcome outcome, string pluginId, int attempts, int count, OutboxPlan plan, OutboxRules rules, DateTimeOffset now)
    {
        var decision = ByClass(outcome, pluginId, count, plan, rules, now);
        return decision.Step == OutboxStep.Requeue && attempts >= rules.MostAttempts
            ? OutboxDecision.Fail(string.Create(CultureInfo.InvariantCulture, $"It was tried {attempts} times, the most for one. Find out why before you send it again."))
            : decision;
    }

    private static OutboxDecision ByClass(OutboxOutcome outcome, string pluginId, int count, OutboxPlan plan, OutboxRules rules, DateTimeOffset now) => outcome.Class switch
    {
        OutcomeClass.Success => new OutboxDecision(OutboxStep.Deliver, ""),
        OutcomeClass.Unknown => new OutboxDecision(OutboxStep.Lose, OutboxOutcome.Lost.Next),
        OutcomeClass.Congestion => Elsewhere(pluginId, plan, now) with { PausedUntil = now + rules.CongestionPause },
        // Our own side, a plugin that is not well, an account without funds: another may carry it all the same.
        OutcomeClass.Local or OutcomeClass.Rejected when outcome.Party is OutcomeParty.Local or OutcomeParty.Trunk => Elsewhere(pluginId, plan, now),
        _ when rules.Again.TryGetValue(outcome.Class, out var again) => count < again.Tries
            ? new OutboxDecision(OutboxStep.Requeue, "It is tried again.") { DueAt = now + again.Pause, Plan = new OutboxPlan() }
            : OutboxDecision.Fail(string.Create(CultureInfo.InvariantCulture, $"It ended so {count} times and is not tried again. Send it again later.")),
        _ => OutboxDecision.Fail(outcome.Next is { Length: > 0 } fix ? fix : "It is not tried again. Correct what the sentence names, then send it again."),
    };

    private static OutboxDecision Elsewhere(string pluginId, OutboxPlan plan, DateTimeOffset now) =>
        new(OutboxStep.Requeue, "It goes over the next route at once; where there is none, it is tried again.")
        {
            DueAt = now,
            Plan = plan with { PassedOver = [.. plan.PassedOver.Append(pluginId).Distinct()] },
        };
}

/// <summary>What an item does next.</summary>
/// <param name="Step">The step.</param>
/// <param name="Next">What happens next or what to do, in a sentence.</param>
internal sealed record OutboxDecision(OutboxStep Step, string Next)
{
    /// <summary>When the next attempt may begin.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>What the next attempt goes by.</summary>
    public OutboxPlan Plan { get; init; } = new();

    /// <summary>Until when nobody uses the plugin.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public static OutboxDecision Fail(string next) => new(OutboxStep.Fail, next);
}
