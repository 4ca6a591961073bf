using System.Data.Common;
using Dapper;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>What is told of an attempt, applied to it and its item in the caller's transaction, on rows that the caller has locked.</summary>
internal sealed class OutboxEnd(SqlDialect dialect, OutboxKinds kinds)
{
    /// <summary>Applies a report to an attempt, open or not: whatever the order in which reports come, none takes anything back.</summary>
    /// <returns>Whether the item moved.</returns>
    public async Task<bool> ApplyAsync(DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, OutboxReport report, DateTimeOffset now)
    {
        attempt.SetCost(report.Cost);
        if (attempt.State == OutboxAttemptRow.Ended) return await ApplyToEndedAsync(transaction, row, attempt, report, now);
        switch (report.Progress)
        {
            case OutboxProgress.Accepted:
                return await AcceptAsync(transaction, row, attempt, now);
            case OutboxProgress.Sent:
                return await PassAsync(transaction, row, attempt, now);
            case OutboxProgress.Delivered:
                return await EndAsync(transaction, row, attempt, report.Outcome ?? OutboxOutcome.Delivered, null, now);
            case OutboxProgress.Undelivered or OutboxProgress.Cancelled:
                return await EndAsync(
                    transaction, row, attempt, report.Outcome ?? OutboxOutcome.Undelivered(null), null, now, cancelled: report.Progress == OutboxProgress.Cancelled);
            // A provider that has confirmed it cannot be right when it says that it never had it.
            case OutboxProgress.NeverSent when attempt.State == OutboxAttemptRow.Submitting:
                return await EndAsync(transaction, row, attempt, OutboxOutcome.NeverSent, null, now, wasNeverSent: true);
            default:
                await attempt.SaveAsync(transaction);
                return false;
        }
    }

    /// <summary>Ends the attempt, once, and decides what the item does next.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="row">The item.</param>
    /// <param name="attempt">Its attempt.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="cost">What it cost, where that is known.</param>
    /// <param name="now">When.</param>
    /// <param name="cancelled">Whether somebody ended it at the provider.</param>
    /// <param name="wasNeverSent">Whether it was broken off before it left, for which the route is not to blame.</param>
    public async Task<bool> EndAsync(
        DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, OutboxOutcome outcome, Money? cost, DateTimeOffset now, bool cancelled = false, bool wasNeverSent = false)
    {
        attempt.SetCost(cost);
        if (attempt.State == OutboxAttemptRow.Ended) return await ApplyToEndedAsync(transaction, row, attempt, Report(outcome, cancelled), now);
        var decision = await DecideAsync(transaction, row, attempt, outcome, now);
        if (wasNeverSent && decision.Step == OutboxStep.Requeue) decision = decision with { Next = "It is sent at once.", Plan = row.PlanValue };
        var step = decision.Step is OutboxStep.Fail or OutboxStep.Requeue && (cancelled || row.CancelRequested != 0) ? OutboxStep.Cancel : decision.Step;
        outcome = step == OutboxStep.Cancel ? OutboxOutcome.Cancelled(outcome) : outcome with { Next = decision.Next };
        attempt.End(outcome, now);
        await attempt.SaveAsync(transaction);
        if (decision.PausedUntil is { } until) await OutboxPace.PauseAsync(transaction, attempt.PluginId, until);
        if (step == OutboxStep.Requeue)
        {
            (row.Turn, row.WaitsFor, row.DueAt) = (OutboxTurn.Later, null, decision.DueAt.ToUnixTimeMilliseconds());
            row.SetPlan(decision.Plan);
        }

        row.ProviderId = attempt.ProviderId;
        row.SetOutcome(outcome);
        await OutboxMove.StepAsync(transaction, dialect, row, step, now, Told(attempt, outcome));
        return true;
    }

    private static OutboxReport Report(OutboxOutcome outcome, bool cancelled) => new()
    {
        Progress = outcome.Class switch
        {
            OutcomeClass.Success => OutboxProgress.Delivered,
            OutcomeClass.Unknown => OutboxProgress.Unknown,
            _ => cancelled ? OutboxProgress.Cancelled : OutboxProgress.Undelivered,
        },
        Outcome = outcome,
    };

    private static object Told(OutboxAttemptRow attempt, OutboxOutcome outcome) => new { Attempt = attempt.Id, Plugin = attempt.PluginId, outcome.Class, outcome.Party };

    private async Task<OutboxDecision> DecideAsync(DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, OutboxOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Class == OutcomeClass.Success) return new OutboxDecision(OutboxStep.Deliver, "");
        var before = await transaction.Connection!.ExecuteScalarAsync<int>(
            "select count(*) from outbox_attempts where item_id = @ItemId and outcome_class = @word", new { attempt.ItemId, word = Words<OutcomeClass>.Of(outcome.Class) }, transaction);
        return OutboxRetry.Decide(outcome, attempt.PluginId, (int)row.Attempts, before + 1, row.PlanValue, kinds.Of(row.Kind).Rules, now);
    }

    private async Task<bool> AcceptAsync(DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, DateTimeOffset now)
    {
        var takes = attempt.State == OutboxAttemptRow.Submitting;
        if (takes) (attempt.State, attempt.AcceptedAt) = (OutboxAttemptRow.Accepted, now.ToUnixTimeMilliseconds());
        await attempt.SaveAsync(transaction);
        if (!takes) return false;
        Watch(row, attempt, now);
        await OutboxMove.StepAsync(transaction, dialect, row, OutboxStep.Take, now, new { Attempt = attempt.Id, Plugin = attempt.PluginId });
        return true;
    }

    private async Task<bool> PassAsync(DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, DateTimeOffset now)
    {
        if (attempt.State == OutboxAttemptRow.Sent)
        {
            await attempt.SaveAsync(transaction);
            return false;
        }

        attempt.State = OutboxAttemptRow.Sent;
        attempt.SentAt = now.ToUnixTimeMilliseconds();
        attempt.AcceptedAt ??= attempt.SentAt;
        await attempt.SaveAsync(transaction);
        Watch(row, attempt, now);
        await OutboxMove.StepAsync(transaction, dialect, row, OutboxStep.Pass, now, new { Attempt = attempt.Id, Plugin = attempt.PluginId });
        return true;
    }

    private void Watch(OutboxRow row, OutboxAttemptRow attempt, DateTimeOffset now)
    {
        (row.ProviderId, row.DoubtSince) = (attempt.ProviderId, null);
        row.LookAt = (now + kinds.Of(row.Kind).Rules.FirstLookUp).ToUnixTimeMilliseconds();
    }

    // Only the last attempt of an item can have left it unknown; what is known after all moves it, and a final state stays.
    private async Task<bool> ApplyToEndedAsync(DbTransaction transaction, OutboxRow row, OutboxAttemptRow attempt, OutboxReport report, DateTimeOffset now)
    {
        await attempt.SaveAsync(transaction);
        OutboxStep? step = report.Progress switch
        {
            OutboxProgress.Sent => OutboxStep.Pass,
            OutboxProgress.Delivered => OutboxStep.Deliver,
            OutboxProgress.Undelivered or OutboxProgress.Cancelled or OutboxProgress.NeverSent => OutboxStep.Fail,
            _ => null,
        };
        var isOpen = row.StateValue is OutboxState.Unknown or OutboxState.Sent && attempt.OutcomeClass == Words<OutcomeClass>.Of(OutcomeClass.Unknown);
        if (!isOpen || step is null || !OutboxLife.TryMove(row.StateValue, step.Value, out _)) return false;
        var outcome = step switch
        {
            OutboxStep.Deliver => report.Outcome ?? OutboxOutcome.Delivered,
            OutboxStep.Fail => (report.Progress == OutboxProgress.NeverSent ? OutboxOutcome.NeverSent : report.Outcome ?? OutboxOutcome.Undelivered(null))
                with { Next = "It is not sent again by itself; send it again if it is still wanted." },
            _ => row.OutcomeValue!,
        };
        row.SetOutcome(outcome);
        await OutboxMove.StepAsync(transaction, dialect, row, step.Value, now, Told(attempt, outcome));
        return true;
    }
}
