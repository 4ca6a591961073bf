using Faxbot.Server.Content;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// Writes faxes that are accepted: the fax, its first event and, where that is not there yet, the row of its document, all or nothing. A fax whose key and
/// idempotency key another one has is not written. Thread-safe; what it returns for is durable.
/// </summary>
internal sealed class FaxInsertion
{
    private const string Columns = """
        id, key_id, idempotency_key, request_hash, to_number, from_number, document, media_type, options, priority, state, turn, resend_of, due_at, created_at, updated_at
        """;

    private const string UnlessRepeated = "on conflict (key_id, idempotency_key) where idempotency_key is not null do nothing";
    private const string FirstEvent = "insert into events (fax_id, key_id, at, type, data) select id, key_id, created_at, 'fax.queued', '{}' from";
    private readonly Database _database;
    private readonly GatheredWrites<NewRow, bool> _gathered;

    public FaxInsertion(Database database) => (_database, _gathered) = (database, new GatheredWrites<NewRow, bool>(InsertAllAsync));

    /// <summary>Writes one.</summary>
    /// <param name="row">The fax.</param>
    /// <param name="sealedWith">The key that sealed its document, where that has no row yet.</param>
    /// <param name="cancel">Gives up before it is begun.</param>
    /// <returns>False where another fax has its idempotency key.</returns>
    public Task<bool> InsertAsync(FaxRow row, string? sealedWith, CancellationToken cancel) =>
        _database.IsShared ? _gathered.WriteAsync(new NewRow(row, sealedWith), cancel) : InsertOneAsync(row, sealedWith, cancel);

    // SQLite's writer gathers by itself.
    private async Task<bool> InsertOneAsync(FaxRow row, string? sealedWith, CancellationToken cancel)
    {
        var written = await _database.ExecuteAsync(
            $"""
            {(sealedWith is null ? "" : ContentReferences.Add + ";")}
            insert into faxes ({Columns})
            values (@Id, @KeyId, @IdempotencyKey, @RequestHash, @ToNumber, @FromNumber, @Document, @MediaType, @Options, @Priority, @State, @Turn,
              @ResendOf, @DueAt, @CreatedAt, @UpdatedAt)
            {UnlessRepeated};
            {FirstEvent} faxes where id = @Id
            """,
            new
            {
                row.Id, row.KeyId, row.IdempotencyKey, row.RequestHash, row.ToNumber, row.FromNumber, row.Document, row.MediaType, row.Options, row.Priority,
                row.State, row.Turn, row.ResendOf, row.DueAt, row.CreatedAt, row.UpdatedAt, SealedWith = sealedWith,
            },
            cancel);
        return written > (sealedWith is null ? 0 : 1);
    }

    private async Task<IReadOnlyList<bool>> InsertAllAsync(IReadOnlyList<NewRow> all)
    {
        var documents = all.Where(one => one.SealedWith is not null).DistinctBy(one => one.Row.Document).OrderBy(one => one.Row.Document, StringComparer.Ordinal).ToArray();
        var written = await _database.QueryLockedAsync<string>(
            $"""
            {_database.Dialect.SharedLock(FaxMove.EventLock)}
            {ContentReferences.AddAll};
            with written as (
              insert into faxes ({Columns})
              select * from unnest(@Id, @KeyId, @IdempotencyKey, @RequestHash, @ToNumber, @FromNumber, @Document, @MediaType, @Options, @Priority, @State, @Turn,
                @ResendOf, @DueAt, @CreatedAt, @UpdatedAt)
              {UnlessRepeated} returning id, key_id, created_at)
            {FirstEvent} written order by id returning fax_id
            """,
            new
            {
                Id = Each(row => row.Id), KeyId = Each(row => row.KeyId), IdempotencyKey = Each(row => row.IdempotencyKey), RequestHash = Each(row => row.RequestHash),
                ToNumber = Each(row => row.ToNumber), FromNumber = Each(row => row.FromNumber), Document = Each(row => row.Document), MediaType = Each(row => row.MediaType),
                Options = Each(row => row.Options), Priority = Each(row => row.Priority), State = Each(row => row.State), Turn = Each(row => row.Turn),
                ResendOf = Each(row => row.ResendOf), DueAt = Each(row => row.DueAt), CreatedAt = Each(row => row.CreatedAt), UpdatedAt = Each(row => row.UpdatedAt),
                Contents = documents.Select(one => one.Row.Document).ToArray(),
                SealedWith = documents.Select(one => one.SealedWith!).ToArray(),
                StoredAt = documents.Select(one => one.Row.CreatedAt).ToArray(),
            });
        var ids = written.ToHashSet();
        return [.. all.Select(one => ids.Contains(one.Row.Id))];

        T[] Each<T>(Func<FaxRow, T> value) => [.. all.Select(one => value(one.Row))];
    }

    private sealed record NewRow(FaxRow Row, string? SealedWith);
}
