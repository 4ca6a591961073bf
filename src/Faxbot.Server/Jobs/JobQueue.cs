using System.Data.Common;
using Dapper;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// Who works on which fax. A claim costs what it takes, however many faxes are finished, wait for their time or wait for a number: those stand in
/// other turns, each with an index of its own. A claim, its renewal and its return need no sync of their own: without them the fax is queued or found
/// by the recovery, and what leads to a call comes after them in the log. Thread-safe; several gateways may share the rows.
/// </summary>
internal sealed class JobQueue(Database database, JobSignal signal, TimeProvider time, ILogger<JobQueue> logger)
{
    private const int MostPromoted = 256;
    private const int MostRounds = 4;

    /// <summary>Takes up to <paramref name="max"/> faxes that are due, the most urgent first, at most one to each number.</summary>
    public async Task<IReadOnlyList<ClaimedFax>> ClaimAsync(string gateway, TimeSpan lease, int max, CancellationToken cancel)
    {
        if (max <= 0) return [];
        var now = time.GetUtcNow();
        var claim = new Claim(gateway, now, (now + lease).ToUnixTimeMilliseconds());
        IReadOnlyList<ClaimedFax> claimed = [];
        for (var isMore = true; isMore && claimed.Count == 0;)
            (claimed, isMore) = await database.WriteAsync(transaction => ClaimAsync(transaction, claim, max), cancel, Durability.WithNext);
        foreach (var fax in claimed) logger.FaxClaimed(fax.Job.Id);
        return claimed;
    }

    /// <summary>Puts the end of this gateway's leases off.</summary>
    public Task<int> RenewAsync(string gateway, TimeSpan lease, CancellationToken cancel)
    {
        var until = (time.GetUtcNow() + lease).ToUnixTimeMilliseconds();
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update faxes set lease_until = @until where lease_owner = @gateway", new { gateway, until }, transaction),
            cancel,
            Durability.WithNext);
    }

    /// <summary>Puts a claimed fax back before anything was submitted: until that time, or behind a trunk that has no channel free.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> ReturnAsync(JobLease lease, DateTimeOffset due, string? behindTrunk, AttemptPlan? plan, FaxOutcome? outcome, CancellationToken cancel) =>
        WriteHeldAsync(
            lease,
            async (transaction, row, now) =>
            {
                (row.Turn, row.WaitsFor, row.DueAt) = (behindTrunk is null ? FaxTurn.Later : FaxTurn.Trunk, behindTrunk, due.ToUnixTimeMilliseconds());
                if (plan is not null) row.SetPlan(plan);
                if (outcome is not null) row.SetOutcome(outcome);
                if (row.CancelRequested != 0) row.SetOutcome(GatewayOutcomes.Cancelled(row));
                await FaxMove.StepAsync(
                    transaction, database.Dialect, row, row.CancelRequested == 0 ? JobStep.Requeue : JobStep.Cancel, now, new { DueAt = due, Trunk = behindTrunk });
            },
            Durability.WithNext,
            cancel);

    /// <summary>Ends a claimed fax before anything was submitted.</summary>
    /// <returns>False when the lease was lost.</returns>
    public Task<bool> EndAsync(JobLease lease, FaxOutcome outcome, CancellationToken cancel) =>
        WriteHeldAsync(
            lease,
            async (transaction, row, now) =>
            {
                row.SetOutcome(row.CancelRequested == 0 ? outcome : GatewayOutcomes.Cancelled(row));
                await FaxMove.StepAsync(
                    transaction, database.Dialect, row, row.CancelRequested == 0 ? JobStep.Fail : JobStep.Cancel, now, new { outcome.Class, outcome.Party });
            },
            Durability.OnReturn,
            cancel);

    /// <summary>Lets up to <paramref name="channels"/> faxes that wait for these trunks be claimed.</summary>
    public Task<int> WakeAsync(string waitsFor, int channels, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            $"""
            update faxes set turn = 'ready', waits_for = null where id in (
              select id from faxes where state = 'queued' and turn = 'trunk' and waits_for = @waitsFor
              order by priority desc, due_at limit @channels {database.Dialect.SkipLocked})
            """,
            new { waitsFor, channels },
            transaction),
        cancel);

    /// <summary>For what trunks faxes wait, as <see cref="AwaitedTrunks"/> reads it.</summary>
    public async Task<IReadOnlyList<string>> AwaitedAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        List<string> awaited = [];
        // From one to the next in the index: the faxes that wait for each are not read.
        for (var last = ""; await NextAwaitedAsync(connection, last) is { } waitsFor; last = waitsFor) awaited.Add(waitsFor);
        return awaited;
    }

    /// <summary>When the next fax that waits for its time is due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var due = await connection.ExecuteScalarAsync<long?>("select min(due_at) from faxes where state = 'queued' and turn = 'later'");
        return due.ToInstant();
    }

    /// <summary>The faxes of this gateway whose end somebody asked for.</summary>
    public async Task<IReadOnlyList<string>> CancelRequestedAsync(string gateway, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>("select id from faxes where lease_owner = @gateway and cancel_requested = 1", new { gateway })];
    }

    /// <summary>How many faxes that gateway has.</summary>
    public async Task<int> HeldAsync(string gateway, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>("select count(*) from faxes where lease_owner = @gateway", new { gateway });
    }

    private static Task<string?> NextAwaitedAsync(DbConnection connection, string last) => connection.ExecuteScalarAsync<string?>(
        "select min(waits_for) from faxes where state = 'queued' and turn = 'trunk' and waits_for > @last", new { last });

    private async Task<bool> WriteHeldAsync(JobLease lease, Func<DbTransaction, FaxRow, DateTimeOffset, Task> write, Durability durability, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var moved = await database.WriteAsync(
            async transaction =>
            {
                if (await FaxRow.LockAsync(transaction, database.Dialect, lease.FaxId) is not { } row || !row.IsHeldBy(lease)) return null;
                await write(transaction, row, now);
                return row;
            },
            cancel,
            durability);
        signal.Set();
        if (moved is not null) logger.FaxMoved(moved);
        return moved is not null;
    }

    private async Task<(IReadOnlyList<ClaimedFax> Claimed, bool IsMore)> ClaimAsync(DbTransaction transaction, Claim claim, int max)
    {
        var connection = transaction.Connection!;
        // Before any row is locked: see FaxMove.EventLock.
        await connection.ExecuteAsync(
            $"""
            {database.Dialect.SharedLock(FaxMove.EventLock)}
            update faxes set turn = 'ready' where id in (
              select id from faxes where state = 'queued' and turn = 'later' and due_at <= @now order by due_at limit {MostPromoted} {database.Dialect.SkipLocked})
            """,
            new { now = claim.Now.ToUnixTimeMilliseconds() },
            transaction);
        List<ClaimedFax> claimed = [];
        var isMore = true;
        for (var round = 0; isMore && round < MostRounds && claimed.Count < max; round++) isMore = await ClaimRoundAsync(transaction, claim, max, claimed);
        return ([.. claimed.OrderByDescending(fax => fax.Job.Priority).ThenBy(fax => fax.Job.DueAt)], isMore);
    }

    // Looks at a bounded number of ready faxes; those whose number is taken step behind it, so that nobody looks at them again before it is free.
    private async Task<bool> ClaimRoundAsync(DbTransaction transaction, Claim claim, int max, List<ClaimedFax> claimed)
    {
        var connection = transaction.Connection!;
        var look = Math.Clamp((max - claimed.Count) * 4, 16, 256);
        var ready = (await connection.QueryAsync<FaxRow>(
            $"select * from faxes where state = 'queued' and turn = 'ready' order by priority desc, due_at, id limit {look} {database.Dialect.SkipLocked}",
            transaction: transaction)).AsList();
        if (ready.Count == 0) return false;
        var numbers = ready.Select(row => row.ToNumber).Distinct().ToArray();
        var taken = (await connection.QueryAsync<string>(
            $"select to_number from number_holds where to_number {database.Dialect.In("numbers")} order by to_number {database.Dialect.Lock}", new { numbers }, transaction)).ToHashSet();
        List<FaxRow> chosen = [];
        List<string> behind = [];
        foreach (var row in ready)
        {
            if (taken.Contains(row.ToNumber)) behind.Add(row.Id);
            else if (claimed.Count + chosen.Count < max && taken.Add(row.ToNumber)) chosen.Add(row);
        }

        if (behind.Count > 0) await connection.ExecuteAsync($"update faxes set turn = 'number' where id {database.Dialect.In("behind")}", new { behind = behind.ToArray() }, transaction);
        // In one order everywhere, so that two gateways which want the same numbers do not wait for each other.
        foreach (var row in chosen.OrderBy(row => row.ToNumber, StringComparer.Ordinal))
        {
            var held = await connection.ExecuteAsync(
                "insert into number_holds (to_number, fax_id) values (@ToNumber, @Id) on conflict (to_number) do nothing", row, transaction);
            if (held == 0) continue;
            row.Turn = FaxTurn.Later;
            (row.LeaseOwner, row.LeaseUntil, row.LeaseNumber) = (claim.Gateway, claim.Until, row.LeaseNumber + 1);
            await FaxMove.StepAsync(transaction, database.Dialect, row, JobStep.Claim, claim.Now);
            claimed.Add(new ClaimedFax(row.ToJob(), new JobLease(row.Id, claim.Gateway, row.LeaseNumber)));
        }

        return behind.Count > 0;
    }

    private sealed record Claim(string Gateway, DateTimeOffset Now, long Until);
}

/// <summary>A fax that this gateway may work on.</summary>
/// <param name="Job">The fax.</param>
/// <param name="Lease">The right to.</param>
internal sealed record ClaimedFax(FaxJob Job, JobLease Lease);
