using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Writes the end of an attempt and what the fax does next, in the caller's transaction, on rows that the caller has locked.</summary>
internal sealed class AttemptEnd(SqlDialect dialect, RetryPolicy policy)
{
    /// <param name="transaction">The caller's.</param>
    /// <param name="row">The fax.</param>
    /// <param name="attempt">Its open attempt.</param>
    /// <param name="outcome">How it ended; counts pages from the attempt's first on.</param>
    /// <param name="cancelled">Whether somebody ended it at the provider.</param>
    /// <param name="now">When.</param>
    public async Task WriteAsync(DbTransaction transaction, FaxRow row, AttemptRow attempt, FaxOutcome outcome, bool cancelled, DateTimeOffset now)
    {
        var number = await NumberBook.FindAsync(transaction.Connection!, transaction, row.ToNumber);
        var counted = Count(row, attempt, outcome, number, now);
        var job = row.ToJob();
        var ended = new RetryCase(job, attempt.ToAttempt([]), outcome, number, await EndedAsync(transaction, attempt, outcome.Class), now);
        var decision = RetryRules.Decide(ended, policy);
        var step = Step(decision, row, cancelled);
        outcome = Told(outcome, decision, step);
        await EndAttemptAsync(transaction, attempt, outcome, now);
        var known = counted.After(outcome, ended.Medium(policy), policy, now);
        if (known != number) await NumberBook.SaveAsync(transaction, known);
        if (decision.TrunkPausedUntil is { } until) await TrunkGate.PauseAsync(transaction, attempt.PluginId, until);
        if (step == JobStep.Requeue)
        {
            (row.Turn, row.WaitsFor, row.DueAt) = (FaxTurn.Later, null, decision.DueAt!.Value.ToUnixTimeMilliseconds());
            row.SetPlan(decision.Plan);
        }

        row.SetOutcome(OverAll(outcome, row));
        await FaxMove.StepAsync(transaction, dialect, row, step, now, new { Attempt = attempt.Id, outcome.Class, outcome.Party, decision.DueAt });
    }

    /// <summary>An outcome as one of the whole fax: its pages are those of all attempts.</summary>
    public static FaxOutcome OverAll(FaxOutcome outcome, FaxRow row) => outcome with
    {
        PagesConfirmed = Math.Max(outcome.PagesConfirmed, (int)row.ConfirmedPages),
        PagesTotal = (int?)row.Pages ?? outcome.PagesTotal,
    };

    // Calls that a provider places are known only by how they ended; those of our own lines were counted when they were dialled.
    private static NumberKnowledge Count(FaxRow row, AttemptRow attempt, FaxOutcome outcome, NumberKnowledge number, DateTimeOffset now)
    {
        var isCall = attempt.DialledAt is null && attempt.OnlyLine == 0
            && outcome.Class is not (OutcomeClass.Rejected or OutcomeClass.Local or OutcomeClass.Congestion);
        if (isCall) row.Dials++;
        if (NumberKnowledge.ReachedFax(outcome)) row.Tries++;
        row.ConfirmedPages = outcome.Class == OutcomeClass.Success
            ? row.Pages ?? Math.Max(row.ConfirmedPages, outcome.PagesTotal)
            : Math.Max(row.ConfirmedPages, Math.Min(attempt.FirstPage + outcome.PagesConfirmed, row.Pages ?? long.MaxValue));
        return isCall ? number.AfterDial(now) : number;
    }

    private static async Task<Dictionary<OutcomeClass, int>> EndedAsync(DbTransaction transaction, AttemptRow attempt, OutcomeClass last)
    {
        var classes = await transaction.Connection!.QueryAsync<string>(
            "select outcome_class from attempts where fax_id = @FaxId and outcome_class is not null", attempt, transaction);
        return classes.Select(Words<OutcomeClass>.Parse).Append(last).CountBy(one => one).ToDictionary();
    }

    private static JobStep Step(RetryDecision decision, FaxRow row, bool cancelled) =>
        decision.Step is JobStep.Fail or JobStep.Requeue && (cancelled || row.CancelRequested != 0) ? JobStep.Cancel : decision.Step;

    private static FaxOutcome Told(FaxOutcome outcome, RetryDecision decision, JobStep step)
    {
        if (step == JobStep.Cancel) return outcome with { Next = "It was cancelled." };
        if (step != JobStep.Succeed || outcome.Class == OutcomeClass.Success) return outcome with { Next = decision.Next };
        return outcome with
        {
            Class = OutcomeClass.Success,
            Party = OutcomeParty.None,
            Sentence = "Every page was confirmed; the call did not end in order.",
            Next = "",
        };
    }

    private static Task EndAttemptAsync(DbTransaction transaction, AttemptRow attempt, FaxOutcome outcome, DateTimeOffset now)
    {
        attempt.State = AttemptRow.Ended;
        attempt.EndedAt = now.ToUnixTimeMilliseconds();
        attempt.OutcomeClass = Words<OutcomeClass>.Of(outcome.Class);
        attempt.Outcome = JsonSerializer.Serialize(outcome, SdkJson.Options);
        return attempt.SaveAsync(transaction);
    }
}
