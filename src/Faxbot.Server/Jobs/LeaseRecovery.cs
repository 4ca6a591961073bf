using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// Takes faxes over from gateways that gave no sign of life, and finds out what became of them by the table of <c>docs/jobs.md</c>. A gateway that
/// is alone on its rows needs not wait for the end of a lease: whoever had it before is dead.
/// </summary>
internal sealed class LeaseRecovery(
    Database database, AttemptLedger ledger, AttemptWatch watch, JobSignal signal, DispatchOptions options, TimeProvider time, ILogger<LeaseRecovery> logger)
{
    /// <param name="gateway">This one.</param>
    /// <param name="isKnown">Whether this gateway works on that fax; one that it has and does not know was left behind by an error.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RunAsync(string gateway, Func<string, bool> isKnown, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var lease in await LeasesAsync(cancel))
        {
            var isMine = lease.LeaseOwner == gateway;
            var isLeft = isMine ? !isKnown(lease.Id) : !database.IsShared || lease.LeaseUntil <= now;
            if (isLeft) await TakeOverAsync(lease, gateway, cancel);
        }
    }

    private async Task<IReadOnlyList<FaxRow>> LeasesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<FaxRow>("select id, lease_owner, lease_until, lease_number from faxes where lease_owner is not null")).AsList();
    }

    private async Task TakeOverAsync(FaxRow lease, string gateway, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (row, attempt) = await database.WriteAsync<(FaxRow?, AttemptRow?)>(
            async transaction =>
            {
                // Who was faster, or showed life after all, keeps it.
                if (await FaxRow.LockAsync(transaction, database.Dialect, lease.Id) is not { } row
                    || row.LeaseOwner != lease.LeaseOwner || row.LeaseNumber != lease.LeaseNumber || row.LeaseUntil != lease.LeaseUntil) return (null, null);
                if (row.State != Words<JobState>.Of(JobState.Preparing))
                {
                    (row.LeaseOwner, row.LeaseNumber, row.LeaseUntil) = (gateway, row.LeaseNumber + 1, (now + options.Lease).ToUnixTimeMilliseconds());
                    await row.SaveAsync(transaction);
                    return (row, await transaction.Connection!.QuerySingleAsync<AttemptRow>("select * from attempts where fax_id = @Id and state <> 'ended'", row, transaction));
                }

                (row.Turn, row.DueAt) = (FaxTurn.Later, now.ToUnixTimeMilliseconds());
                if (row.CancelRequested != 0) row.SetOutcome(GatewayOutcomes.Cancelled(row));
                await FaxMove.StepAsync(transaction, database.Dialect, row, row.CancelRequested == 0 ? JobStep.Requeue : JobStep.Cancel, now);
                return (row, null);
            },
            cancel);
        signal.Set();
        if (row is null) return;
        logger.FaxTakenOver(row.Id, lease.LeaseOwner!);
        if (attempt is null) logger.FaxMoved(row);
        else await FindOutAsync(row, attempt, isDead: !database.IsShared && lease.LeaseOwner != gateway, cancel);
    }

    private async Task FindOutAsync(FaxRow row, AttemptRow open, bool isDead, CancellationToken cancel)
    {
        var attempt = open.ToAttempt([]);
        var pages = (int)(row.Pages ?? 0);
        if (pages > 0 && row.ConfirmedPages >= pages)
            await ledger.EndAsync(attempt.Id, GatewayOutcomes.AllConfirmed(pages - attempt.FirstPage), null, cancel);
        // The lease's number has risen: whoever had it gets no permit to dial any more.
        else if (attempt is { OnlyLine: true, DialledAt: null })
            await ledger.EndAsync(attempt.Id, GatewayOutcomes.NeverSent, null, cancel);
        else
            watch.FindOut(attempt, pages, isDead && attempt.OnlyLine ? TimeSpan.Zero : options.Grace);
    }
}
