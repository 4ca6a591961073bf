using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// The attempts: what leads to a call is refused to those who lost the lease, what was seen is taken from anybody while the attempt is open, and it
/// ends once. Thread-safe. What a method wrote is durable when it returns; notes, and pages that are not confirmed, with the next that is.
/// </summary>
internal sealed class AttemptLedger(Database database, JobSignal signal, TimeProvider time, RetryPolicy policy, ILogger<AttemptLedger> logger)
{
    private static readonly BackendLimits Unlimited = new(null, null);
    private readonly StatusReport _report = new(database.Dialect, policy);

    /// <summary>Writes the intent to call the plugin: from here on something may leave.</summary>
    /// <param name="lease">The right to.</param>
    /// <param name="pin">The plugin with its settings.</param>
    /// <param name="onlyLine">Whether all that it can send goes through a line of the gateway's own.</param>
    /// <param name="firstPage">The page to begin with, counted from 0.</param>
    /// <param name="pages">Pages of the document.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when the lease was lost, or the fax was cancelled: then it has ended.</returns>
    public async Task<FaxAttempt?> BeginAsync(JobLease lease, PluginPin pin, bool onlyLine, int firstPage, int pages, CancellationToken cancel) =>
        (await BeginAsync(lease, pin, Unlimited, onlyLine, firstPage, pages, cancel)).Attempt;

    /// <summary>As the other, within what the trunk takes at a time.</summary>
    public async Task<AttemptStart> BeginAsync(
        JobLease lease, PluginPin pin, BackendLimits limits, bool onlyLine, int firstPage, int pages, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (start, row) = await database.WriteAsync<(AttemptStart, FaxRow?)>(
            async transaction =>
            {
                if (await FaxRow.LockAsync(transaction, database.Dialect, lease.FaxId) is not { } row
                    || !row.IsHeldBy(lease) || row.State != Words<JobState>.Of(JobState.Preparing)) return (AttemptStart.None, null);
                if (row.CancelRequested != 0)
                {
                    row.SetOutcome(GatewayOutcomes.Cancelled(row));
                    await FaxMove.StepAsync(transaction, database.Dialect, row, JobStep.Cancel, now);
                    return (AttemptStart.None, row);
                }

                if (!await TrunkGate.TryEnterAsync(transaction, database.Dialect, pin.PluginId, limits, now)) return (AttemptStart.Full, null);
                var attempt = await AttemptRow.BeginAsync(transaction, lease, pin, onlyLine, firstPage, now);
                (row.Pages, row.PluginId, row.ProviderId) = (pages, pin.PluginId, null);
                await FaxMove.StepAsync(
                    transaction, database.Dialect, row, JobStep.Submit, now, new { Attempt = attempt.Id, attempt.Number, Plugin = pin.PluginId, FirstPage = firstPage });
                return (new AttemptStart(attempt.ToAttempt([]), false), row);
            },
            cancel);
        Told(row);
        return start;
    }

    /// <summary>Asked right before the first packet of a call of our own line; marks it as dialled and counts it for fax and number.</summary>
    public Task<DialPermit> DialAsync(string attemptId, CancellationToken cancel) => DialAsync(attemptId, [], cancel);

    /// <summary>As the other, for a call that one of these Asterisk servers places.</summary>
    public async Task<DialPermit> DialAsync(string attemptId, IReadOnlyList<string> asteriskServers, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var permit = await database.WriteAsync(
            async transaction =>
            {
                if (await AttemptRow.LockAsync(transaction, database.Dialect, attemptId) is not var (row, attempt) || attempt.State == AttemptRow.Ended) return DialPermit.NotOpen;
                if (attempt.DialledAt is not null) return DialPermit.AlreadyDialled;
                if (row.LeaseNumber != attempt.LeaseNumber || row.LeaseOwner != attempt.Gateway) return DialPermit.LeaseLost;
                if (row.CancelRequested != 0) return DialPermit.Cancelled;
                attempt.DialledAt = now.ToUnixTimeMilliseconds();
                attempt.AsteriskServers = asteriskServers.Count > 0 ? string.Join(' ', asteriskServers) : null;
                await attempt.SaveAsync(transaction);
                row.Dials++;
                await row.SaveAsync(transaction);
                var number = await NumberBook.FindAsync(transaction.Connection!, transaction, row.ToNumber);
                await NumberBook.SaveAsync(transaction, number.AfterDial(now));
                await FaxMove.RecordAsync(transaction, database.Dialect, row, "fax.dialled", now, new { Attempt = attempt.Id });
                return DialPermit.Granted;
            },
            cancel);
        signal.Set();
        return permit;
    }

    /// <summary>The provider or line has it; a status that came before is applied.</summary>
    /// <returns>False when the attempt had ended; what it is called at the provider is kept all the same.</returns>
    public async Task<bool> TakeAsync(string attemptId, SendResult result, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (open, moved) = await database.WriteAsync<(bool, FaxRow?)>(
            async transaction =>
            {
                if (await AttemptRow.FindAsync(transaction, attemptId) is not { } found) return (false, null);
                await EarlyStatuses.LockAsync(transaction, database.Dialect, found.PluginId, result.ProviderId);
                if (await AttemptRow.LockAsync(transaction, database.Dialect, attemptId) is not var (row, attempt)) return (false, null);
                attempt.ProviderId ??= result.ProviderId;
                attempt.Cost ??= Json(result.EstimatedCost);
                var open = attempt.State != AttemptRow.Ended;
                var moves = await _report.NameAsync(transaction, row, attempt, now);
                if (await EarlyStatuses.TakeAsync(transaction, attempt.PluginId, result.ProviderId) is { } early)
                    moves |= await _report.ApplyAsync(transaction, row, attempt, early, now);
                return (open, moves ? row : null);
            },
            cancel);
        Told(moved);
        return open;
    }

    /// <summary>How far a page came in an open attempt.</summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="page">Counted from 0 over the whole document.</param>
    /// <param name="state">How far.</param>
    /// <param name="evidence">What was seen; JSON.</param>
    /// <param name="cancel">Gives up.</param>
    public Task PageAsync(string attemptId, int page, PageState state, string? evidence, CancellationToken cancel) => SeeAsync(
        attemptId,
        async (transaction, row, attempt, now) =>
        {
            await AttemptPageRow.SaveAsync(transaction, attempt.Id, page, state, evidence, now);
            if (state == PageState.Confirmed && page == row.ConfirmedPages)
            {
                row.ConfirmedPages = await AttemptPageRow.NextUnconfirmedAsync(transaction, row);
                row.UpdatedAt = now.ToUnixTimeMilliseconds();
                await row.SaveAsync(transaction);
            }

            await FaxMove.RecordAsync(transaction, database.Dialect, row, "fax.page_" + Words<PageState>.Of(state), now, new { Attempt = attempt.Id, Page = page });
        },
        state == PageState.Confirmed ? Durability.OnReturn : Durability.WithNext,
        cancel);

    /// <summary>Something that was seen in an open attempt, such as <c>fax.answered</c>.</summary>
    public Task NoteAsync(string attemptId, string type, object? data, CancellationToken cancel) => SeeAsync(
        attemptId, (transaction, row, _, now) => FaxMove.RecordAsync(transaction, database.Dialect, row, type, now, data), Durability.WithNext, cancel);

    /// <summary>Ends the attempt and decides what the fax does next.</summary>
    /// <returns>False when it had ended before; a cost that was not known yet is kept all the same.</returns>
    public Task<bool> EndAsync(string attemptId, FaxOutcome outcome, Money? cost, CancellationToken cancel) => MoveAsync(
        transaction => AttemptRow.LockAsync(transaction, database.Dialect, attemptId),
        (transaction, row, attempt, now) => _report.EndAsync(transaction, row, attempt, outcome, cost, now),
        cancel);

    /// <summary>
    /// What a provider says of an attempt, which is named by its own id or the provider's. It may end a fax whose outcome was unknown; a final state
    /// stays. Without an attempt it waits for one.
    /// </summary>
    /// <returns>Whether it changed anything.</returns>
    public async Task<bool> StatusAsync(string pluginId, string? attemptId, string? providerId, FaxStatus status, CancellationToken cancel)
    {
        var named = providerId ?? status.ProviderId;
        var kept = false;
        var changed = await MoveAsync(
            async transaction =>
            {
                kept = false;
                if (named is not null) await EarlyStatuses.LockAsync(transaction, database.Dialect, pluginId, named);
                var id = attemptId ?? (named is null ? null : await AttemptRow.FindIdAsync(transaction, pluginId, named));
                if (id is not null) return await AttemptRow.LockAsync(transaction, database.Dialect, id) is var (row, attempt) && attempt.PluginId == pluginId ? (row, attempt) : null;
                if (named is null) return null;
                await EarlyStatuses.KeepAsync(transaction, pluginId, named, status, time.GetUtcNow());
                kept = true;
                return null;
            },
            (transaction, row, attempt, now) =>
            {
                attempt.ProviderId ??= named;
                return _report.ApplyAsync(transaction, row, attempt, status, now);
            },
            cancel);
        return changed || kept;
    }

    /// <summary>The attempt with its pages; null when there is none.</summary>
    public async Task<FaxAttempt?> FindAsync(string attemptId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var attempt = await connection.QuerySingleOrDefaultAsync<AttemptRow>("select * from attempts where id = @attemptId", new { attemptId });
        if (attempt is null) return null;
        var pages = await connection.QueryAsync<AttemptPageRow>("select * from attempt_pages where attempt_id = @attemptId order by page", new { attemptId });
        return attempt.ToAttempt([.. pages.Select(page => page.ToPage())]);
    }

    private static string? Json(Money? cost) => cost is null ? null : JsonSerializer.Serialize(cost, SdkJson.Options);

    private async Task SeeAsync(
        string attemptId, Func<DbTransaction, FaxRow, AttemptRow, DateTimeOffset, Task> write, Durability durability, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async transaction =>
            {
                if (await AttemptRow.LockAsync(transaction, database.Dialect, attemptId) is not var (row, attempt) || attempt.State == AttemptRow.Ended) return;
                await write(transaction, row, attempt, now);
            },
            cancel,
            durability);
        signal.Set();
    }

    private async Task<bool> MoveAsync(
        Func<DbTransaction, Task<(FaxRow Row, AttemptRow Attempt)?>> find,
        Func<DbTransaction, FaxRow, AttemptRow, DateTimeOffset, Task<bool>> write,
        CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var moved = await database.WriteAsync(
            async transaction => await find(transaction) is var (row, attempt) && await write(transaction, row, attempt, now) ? row : null, cancel);
        Told(moved);
        return moved is not null;
    }

    private void Told(FaxRow? moved)
    {
        signal.Set();
        if (moved is not null) logger.FaxMoved(moved);
    }
}

/// <summary>What became of the wish to begin an attempt.</summary>
/// <param name="Attempt">The attempt; null when it was not begun.</param>
/// <param name="IsTrunkFull">Whether only the trunk's limits stand against it.</param>
internal sealed record AttemptStart(FaxAttempt? Attempt, bool IsTrunkFull)
{
    public static AttemptStart None { get; } = new(null, false);

    public static AttemptStart Full { get; } = new(null, true);
}
