using System.Data.Common;
using Faxbot.Sdk.Accounts;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>
/// What was seen of attempts: it is taken from anybody while the attempt is open, and the attempt ends once. Thread-safe. What a method wrote is durable
/// when it returns.
/// </summary>
internal sealed class OutboxLedger(Database database, OutboxKinds kinds, OutboxSignal signal, TimeProvider time, ILogger<OutboxLedger> logger)
{
    private readonly OutboxEnd _end = new(database.Dialect, kinds);

    /// <summary>The provider or line has it; a report that came before is applied.</summary>
    public Task TakeAsync(string attemptId, OutboxTaken taken, CancellationToken cancel) => MoveAsync(
        async (transaction, now) =>
        {
            if (await OutboxAttemptRow.FindAsync(transaction, attemptId) is not { } found) return null;
            await EarlyReports.LockAsync(transaction, database.Dialect, found.PluginId, taken.ProviderId);
            if (await OutboxAttemptRow.LockAsync(transaction, database.Dialect, attemptId) is not var (row, attempt)) return null;
            attempt.ProviderId ??= taken.ProviderId;
            if (attempt.Cost is null) attempt.SetCost(taken.EstimatedCost);
            var moved = await _end.ApplyAsync(transaction, row, attempt, new OutboxReport { Progress = taken.Progress }, now);
            if (await EarlyReports.TakeAsync(transaction, attempt.PluginId, taken.ProviderId) is { } early) moved |= await _end.ApplyAsync(transaction, row, attempt, early, now);
            return moved ? row : null;
        },
        cancel);

    /// <summary>Ends the attempt and decides what the item does next.</summary>
    /// <returns>False when it had ended before, and nothing new is known.</returns>
    public Task<bool> EndAsync(string attemptId, OutboxOutcome outcome, Money? cost, CancellationToken cancel) => MoveAsync(
        async (transaction, now) => await OutboxAttemptRow.LockAsync(transaction, database.Dialect, attemptId) is var (row, attempt)
            && await _end.EndAsync(transaction, row, attempt, outcome, cost, now) ? row : null,
        cancel);

    /// <summary>
    /// What a provider says of an attempt, which is named by its own id or the provider's. It may end an item of which nobody could tell; a final state
    /// stays. Without an attempt it waits for one.
    /// </summary>
    /// <returns>Whether an item moved.</returns>
    public Task<bool> ReportAsync(string pluginId, string? attemptId, string? providerId, OutboxReport report, CancellationToken cancel)
    {
        var named = providerId ?? report.ProviderId;
        return MoveAsync(
            async (transaction, now) =>
            {
                if (named is not null) await EarlyReports.LockAsync(transaction, database.Dialect, pluginId, named);
                var id = attemptId ?? (named is null ? null : await OutboxAttemptRow.FindIdAsync(transaction, pluginId, named));
                if (id is null)
                {
                    if (named is not null) await EarlyReports.KeepAsync(transaction, pluginId, named, report, now);
                    return null;
                }

                if (await OutboxAttemptRow.LockAsync(transaction, database.Dialect, id) is not var (row, attempt) || attempt.PluginId != pluginId) return null;
                attempt.ProviderId ??= named;
                return await _end.ApplyAsync(transaction, row, attempt, report, now) ? row : null;
            },
            cancel);
    }

    private async Task<bool> MoveAsync(Func<DbTransaction, DateTimeOffset, Task<OutboxRow?>> write, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var moved = await database.WriteAsync(transaction => write(transaction, now), cancel);
        if (moved is null) return false;
        signal.Set();
        logger.ItemMoved(moved);
        return true;
    }
}
