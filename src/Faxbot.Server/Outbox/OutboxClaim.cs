using System.Data.Common;
using Dapper;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;
using Route = Faxbot.Server.Jobs.Route;

namespace Faxbot.Server.Outbox;

/// <summary>
/// Begins attempts, many in one transaction: each gets its route, passes the limits of its plugin, and is on the disk before any plugin is called.
/// Items that cannot be begun step behind what they wait for, so that nobody looks at them again before it is there. Thread-safe.
/// </summary>
internal sealed class OutboxClaim(
    Database database, OutboxKinds kinds, RouteStore routes, IPluginBackends backends, OutboxSignal signal, TimeProvider time, ILogger<OutboxClaim> logger)
{
    private const int MostPromoted = 512;
    private const int MostRounds = 4;

    /// <summary>Begins up to so many attempts of items that are due, the oldest first.</summary>
    public async Task<IReadOnlyList<BegunAttempt>> RunAsync(string gateway, TimeSpan lease, int most, CancellationToken cancel)
    {
        if (most <= 0 || !await IsAnyDueAsync(cancel)) return [];
        Dictionary<string, Landscape> landscapes = [];
        foreach (var kind in kinds.All)
            landscapes[kind.Word] = new Landscape(kind, await routes.ListAsync(id => backends.MayBeOf(id, kind.Category), cancel), backends.Of(kind.Category));
        var batch = await database.WriteAsync(
            async transaction =>
            {
                var run = new OutboxClaimRun(transaction, database.Dialect, landscapes, gateway, lease, time.GetUtcNow());
                await PromoteAsync(transaction, run.Now);
                for (var (round, isMore) = (0, true); isMore && round < MostRounds && run.Begun.Count < most; round++) isMore = await run.RoundAsync(most - run.Begun.Count);
                await run.FinishAsync();
                return run;
            },
            cancel);
        foreach (var refused in batch.Refused) logger.ItemMoved(refused);
        if (batch.Refused.Count > 0) signal.Set();
        return batch.Begun;
    }

    // Most rounds find nothing to do: that costs no transaction.
    private async Task<bool> IsAnyDueAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long?>(
            """
            select 1 from outbox where state = 'queued' and turn = 'ready'
            union all select 1 from outbox where state = 'queued' and turn = 'later' and due_at <= @now limit 1
            """,
            new { now = time.GetUtcNow().ToUnixTimeMilliseconds() }) is not null;
    }

    // Before any row is locked the lock of events is taken: see FaxMove.EventLock.
    private Task<int> PromoteAsync(DbTransaction transaction, DateTimeOffset now) => transaction.Connection!.ExecuteAsync(
        $"""
        {database.Dialect.SharedLock(FaxMove.EventLock)}
        update outbox set turn = 'ready' where id in (
          select id from outbox where state = 'queued' and turn = 'later' and due_at <= @now order by due_at limit {MostPromoted} {database.Dialect.SkipLocked})
        """,
        new { now = now.ToUnixTimeMilliseconds() },
        transaction);
}

/// <summary>An attempt that is on the disk; the plugin is to be called.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Item">The item without its content.</param>
/// <param name="Sealed">The content as it is stored.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Backend">The plugin.</param>
internal sealed record BegunAttempt(IOutboxKind Kind, OutboxItem Item, byte[] Sealed, OutboxAttempt Attempt, IPluginBackend Backend);

/// <summary>What decides over the routes of a kind's items.</summary>
internal sealed record Landscape(IOutboxKind Kind, IReadOnlyList<Route> Routes, IReadOnlyList<IPluginBackend> Backends);
