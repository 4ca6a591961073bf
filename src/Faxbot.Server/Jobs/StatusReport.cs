using System.Data.Common;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>What is told of an attempt, applied to it and its fax in the caller's transaction, on rows that the caller has locked.</summary>
internal sealed class StatusReport(SqlDialect dialect, RetryPolicy policy)
{
    private readonly AttemptEnd _end = new(dialect, policy);

    /// <summary>Writes what the attempt is called at the provider, and that the provider has it.</summary>
    /// <returns>Whether the fax moved.</returns>
    public async Task<bool> NameAsync(DbTransaction transaction, FaxRow row, AttemptRow attempt, DateTimeOffset now)
    {
        var takes = attempt.State == AttemptRow.Submitting;
        if (takes) attempt.State = AttemptRow.InProgress;
        await attempt.SaveAsync(transaction);
        // An old attempt's id must not stand beside a newer attempt.
        if (attempt.State == AttemptRow.InProgress || row.ProviderId is null) row.ProviderId = attempt.ProviderId;
        if (takes) await FaxMove.StepAsync(transaction, dialect, row, JobStep.Take, now, new { Attempt = attempt.Id });
        else await row.SaveAsync(transaction);
        return takes;
    }

    /// <summary>
    /// Ends the attempt, once. Where it was given up as unknown, what is known after all ends the fax: a line that was cut off from the rows, or a call that
    /// seemed to last for days because the clock was set.
    /// </summary>
    /// <returns>False when it had ended, and nothing new is known.</returns>
    public async Task<bool> EndAsync(
        DbTransaction transaction, FaxRow row, AttemptRow attempt, FaxOutcome outcome, Money? cost, DateTimeOffset now, bool cancelled = false)
    {
        if (attempt.State == AttemptRow.Ended) return await ApplyToEndedAsync(transaction, row, attempt, Status(outcome, cost, cancelled), now);
        if (cost is not null) attempt.Cost = JsonSerializer.Serialize(cost, SdkJson.Options);
        if (row.PluginId == attempt.PluginId) row.ProviderId = attempt.ProviderId;
        await _end.WriteAsync(transaction, row, attempt, outcome, cancelled, now);
        return true;
    }

    /// <summary>Applies a status to an attempt, open or not.</summary>
    /// <returns>Whether the fax moved.</returns>
    public async Task<bool> ApplyAsync(DbTransaction transaction, FaxRow row, AttemptRow attempt, FaxStatus status, DateTimeOffset now)
    {
        if (attempt.State == AttemptRow.Ended) return await ApplyToEndedAsync(transaction, row, attempt, status, now);
        switch (status.State)
        {
            case FaxState.Queued or FaxState.InProgress:
                return await NameAsync(transaction, row, attempt, now);
            case FaxState.Success or FaxState.Failed or FaxState.Cancelled:
                var outcome = status.Outcome ?? GatewayOutcomes.Untold(status.State, (int)(row.Pages ?? 0) - (int)attempt.FirstPage);
                return await EndAsync(transaction, row, attempt, outcome, status.Cost, now, status.State == FaxState.Cancelled);
            // A line that was about to dial knows better than a plugin that never heard of the attempt.
            case FaxState.NeverSent when attempt.DialledAt is null:
                return await EndAsync(transaction, row, attempt, GatewayOutcomes.NeverSent, status.Cost, now);
            default:
                return false;
        }
    }

    private static FaxStatus Status(FaxOutcome outcome, Money? cost, bool cancelled) => new()
    {
        State = outcome.Class switch
        {
            OutcomeClass.Unknown => FaxState.Unknown,
            OutcomeClass.Success => FaxState.Success,
            _ => cancelled ? FaxState.Cancelled : FaxState.Failed,
        },
        Outcome = outcome,
        Cost = cost,
    };

    // Only the last attempt of a fax can have left it unknown.
    private async Task<bool> ApplyToEndedAsync(DbTransaction transaction, FaxRow row, AttemptRow attempt, FaxStatus status, DateTimeOffset now)
    {
        if (status.Cost is not null) attempt.Cost = JsonSerializer.Serialize(status.Cost, SdkJson.Options);
        await attempt.SaveAsync(transaction);
        JobStep? step = status.State switch
        {
            FaxState.Success => JobStep.Succeed,
            FaxState.Failed or FaxState.NeverSent => JobStep.Fail,
            FaxState.Cancelled => JobStep.Cancel,
            _ => null,
        };
        var isOpen = row.State == Words<JobState>.Of(JobState.Unknown) && attempt.OutcomeClass == Words<OutcomeClass>.Of(OutcomeClass.Unknown);
        if (!isOpen || step is null) return false;
        var outcome = status.State == FaxState.NeverSent ? GatewayOutcomes.NeverSent : status.Outcome ?? GatewayOutcomes.Untold(status.State, (int)(row.Pages ?? 0));
        row.ConfirmedPages = step == JobStep.Succeed
            ? row.Pages ?? outcome.PagesTotal
            : Math.Max(row.ConfirmedPages, Math.Min(attempt.FirstPage + outcome.PagesConfirmed, row.Pages ?? long.MaxValue));
        row.SetOutcome(AttemptEnd.OverAll(outcome with { Next = step == JobStep.Succeed ? "" : "It is not sent again by itself; send it again if it is still wanted." }, row));
        await FaxMove.StepAsync(transaction, dialect, row, step.Value, now, new { Attempt = attempt.Id, outcome.Class, outcome.Party });
        return true;
    }
}
