using System.Data.Common;
using Dapper;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>What the API does with items. Thread-safe. All writes are durable when they return.</summary>
internal sealed class OutboxStore(Database database, SecretBox seal, OutboxSignal signal, TimeProvider time, ILogger<OutboxStore> logger)
{
    /// <summary>Accepts an item; the same idempotency key gives the item of the first request.</summary>
    public async Task<OutboxAcceptance> AcceptAsync(NewOutboxItem item, CancellationToken cancel)
    {
        var row = OutboxRow.Of(item, seal, time.GetUtcNow());
        var inserted = await database.ExecuteAsync(Insert, row, cancel);
        var kept = inserted > 0 ? row : await FirstAsync(row, cancel);
        signal.Set();
        if (inserted > 0) logger.ItemMoved(kept);
        var kind = inserted > 0 ? AcceptanceKind.Created : kept.RequestHash == item.RequestHash ? AcceptanceKind.Repeated : AcceptanceKind.Conflict;
        return new OutboxAcceptance(kept.ToItem(seal), kind);
    }

    /// <summary>Accepts an item in the caller's transaction; after its commit he calls <see cref="OutboxSignal.Set"/>.</summary>
    public Task AddAsync(DbTransaction transaction, NewOutboxItem item) => transaction.Connection!.ExecuteAsync(Insert, OutboxRow.Of(item, seal, time.GetUtcNow()), transaction);

    /// <summary>The item, if it is of that kind and that key owns it; <paramref name="keyId"/> null sees all.</summary>
    public async Task<OutboxItem?> FindAsync(string kind, string id, string? keyId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<OutboxRow>("select * from outbox where id = @id", new { id });
        return row is null || row.Kind != kind || (keyId is not null && row.KeyId != keyId) ? null : row.ToItem(seal);
    }

    /// <summary>Items, newest first.</summary>
    public async Task<IReadOnlyList<OutboxItem>> ListAsync(OutboxQuery query, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var values = query.Values();
        values.AddDynamicParams(new { query.Kind, query.KeyId, states = query.States?.Select(Words<OutboxState>.Of).ToArray() });
        var rows = await connection.QueryAsync<OutboxRow>($"select * from outbox where {Filter(query)} order by id desc limit @Limit", values);
        return [.. rows.Select(row => row.ToItem(seal))];
    }

    public async Task<IReadOnlyList<OutboxAttempt>> AttemptsAsync(string itemId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<OutboxAttemptRow>("select * from outbox_attempts where item_id = @itemId order by number", new { itemId });
        return [.. rows.Select(row => row.ToAttempt())];
    }

    /// <summary>Asks for its end at any time; one that waits is cancelled at once, and one that fails is not tried again.</summary>
    /// <returns>The item after that; null when there is none. A final one stays as it is.</returns>
    public Task<OutboxItem?> CancelAsync(string kind, string id, string? keyId, CancellationToken cancel) => ChangeAsync(
        kind,
        id,
        keyId,
        async (transaction, row, now) =>
        {
            if (OutboxLife.IsFinal(row.StateValue) || row.StateValue == OutboxState.Unknown || row.CancelRequested != 0) return;
            row.CancelRequested = 1;
            if (row.StateValue == OutboxState.Queued)
            {
                row.SetOutcome(OutboxOutcome.Cancelled(row.OutcomeValue));
                await OutboxMove.StepAsync(transaction, database.Dialect, row, OutboxStep.Cancel, now);
                return;
            }

            // Who watches it passes the wish on.
            if (row.StateValue != OutboxState.Submitting && row.LookAt is not null) row.LookAt = now.ToUnixTimeMilliseconds();
            row.UpdatedAt = now.ToUnixTimeMilliseconds();
            await row.SaveAsync(transaction);
        },
        cancel);

    /// <summary>A person decides about an item of which nobody can tell.</summary>
    /// <returns>The item after that; null when there is none. One that is not unknown stays as it is.</returns>
    public Task<OutboxItem?> ResolveAsync(string kind, string id, string? keyId, bool arrived, CancellationToken cancel) => ChangeAsync(
        kind,
        id,
        keyId,
        async (transaction, row, now) =>
        {
            if (row.StateValue != OutboxState.Unknown) return;
            row.SetOutcome(OutboxOutcome.Resolved(row.OutcomeValue!, arrived));
            await OutboxMove.StepAsync(transaction, database.Dialect, row, arrived ? OutboxStep.Deliver : OutboxStep.Fail, now, new { ByPerson = true });
        },
        cancel);

    // Another item with that key is left as it is; the event is written with the item or not at all.
    private string Insert { get; } =
        $$"""
        {{database.Dialect.SharedLock(FaxMove.EventLock)}}
        insert into outbox (id, kind, key_id, idempotency_key, request_hash, to_number, from_number, content, document, options, state, turn, due_at, created_at, updated_at)
        values (@Id, @Kind, @KeyId, @IdempotencyKey, @RequestHash, @ToNumber, @FromNumber, @Content, @Document, @Options, @State, @Turn, @DueAt, @CreatedAt, @UpdatedAt)
        on conflict (kind, key_id, idempotency_key) where idempotency_key is not null do nothing;
        insert into events (outbox_id, key_id, at, type, data) select id, key_id, created_at, kind || '.queued', '{}' from outbox where id = @Id
        """;

    private async Task<OutboxRow> FirstAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleAsync<OutboxRow>("select * from outbox where kind = @Kind and key_id = @KeyId and idempotency_key = @IdempotencyKey", row);
    }

    private async Task<OutboxItem?> ChangeAsync(
        string kind, string id, string? keyId, Func<DbTransaction, OutboxRow, DateTimeOffset, Task> change, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (row, before) = await database.WriteAsync<(OutboxRow?, string?)>(
            async transaction =>
            {
                if (await OutboxRow.LockAsync(transaction, database.Dialect, id) is not { } row || row.Kind != kind || (keyId is not null && row.KeyId != keyId)) return (null, null);
                var before = row.State;
                await change(transaction, row, now);
                return (row, before);
            },
            cancel);
        signal.Set();
        if (row is not null && row.State != before) logger.ItemMoved(row);
        return row?.ToItem(seal);
    }

    private string Filter(OutboxQuery query)
    {
        List<string> terms = ["kind = @Kind", .. query.Terms()];
        if (query.KeyId is not null) terms.Add("key_id = @KeyId");
        if (query.States is not null) terms.Add("state " + database.Dialect.In("states"));
        return string.Join(" and ", terms);
    }
}

/// <summary>What became of a request to send.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kind">Whether it is new.</param>
internal sealed record OutboxAcceptance(OutboxItem Item, AcceptanceKind Kind);
