using System.Data.Common;
using Dapper;
using Faxbot.Server.Configuration;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Content;

/// <summary>
/// The rows of contents, and who needs them: a fax that is not final, or was within the retention of documents; a received fax; an item of the outbox; a rendering; and
/// whoever put the content within the last hour and is about to refer to it. Thread-safe.
/// </summary>
/// <remarks>
/// The row is written before the blob gets its name, and deleted in the transaction in which the blob is deleted. So a crash leaves a row without a
/// blob, of a content whose put never returned or that nobody needed; the next sweep deletes that. And equal content that is put while
/// the old is deleted waits for the row: its blob gets its name after the other is gone, never before. Where the row is written with the one that
/// refers to it, the blob has its name before: then whoever put it looks after the commit whether it is still there.
/// </remarks>
internal sealed class ContentReferences(Database database, RetentionOptions retention, TimeProvider time)
{
    /// <summary>How long content that nobody refers to is kept for whoever put it, and a blob that no row knows.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>The statement that writes the row of a document, for whoever writes a row that refers to it.</summary>
    public const string Add = $"insert into contents (id, key_id, stored_at) values (@Document, @SealedWith, @CreatedAt) {Renewed}";

    /// <summary>As <see cref="Add"/> for several, on a server: arrays in the order of the ids.</summary>
    public const string AddAll = $"insert into contents (id, key_id, stored_at) select * from unnest(@Contents, @SealedWith, @StoredAt) {Renewed}";

    private const string Renewed = "on conflict (id) do update set key_id = excluded.key_id, stored_at = excluded.stored_at";

    private const string Unneeded = """
        c.stored_at < @stored
        and not exists (select 1 from faxes f where f.document = c.id and (f.finished_at is null or f.finished_at > @finished))
        and not exists (select 1 from inbound i where i.document = c.id)
        and not exists (select 1 from inbound i where i.tiff = c.id)
        and not exists (select 1 from outbox o where o.document = c.id)
        and not exists (select 1 from renderings r where r.content = c.id)
        """;

    /// <summary>Writes the row of content whose blob gets its name next.</summary>
    public Task AddAsync(string id, string sealedWith, CancellationToken cancel) => database.ExecuteAsync(
        Add,
        new { Document = id, SealedWith = sealedWith, CreatedAt = Now },
        cancel,
        // What refers to the content is written later, and makes this durable.
        Durability.WithNext);

    /// <summary>Keeps the content for another hour; false when it is not there.</summary>
    public async Task<bool> KeepAsync(string id, CancellationToken cancel) => await database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("update contents set stored_at = @now where id = @id", new { id, now = Now }, transaction), cancel) > 0;

    /// <summary>The next contents that nobody needs, in the order of their ids.</summary>
    public async Task<IReadOnlyList<string>> UnneededAsync(string after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (stored, finished) = Bounds();
        return [.. await connection.QueryAsync<string>(
            $"select c.id from contents c where c.id > @after and {Unneeded} order by c.id limit @limit", new { after, limit, stored, finished })];
    }

    /// <summary>Deletes row and blob if nobody needs the content; false when somebody does.</summary>
    public Task<bool> DeleteUnneededAsync(string id, Func<Task> deleteBlob, CancellationToken cancel) =>
        database.WriteAsync(transaction => DeleteUnneededAsync(transaction, id, deleteBlob), cancel);

    /// <summary>Those of the ids that no row knows.</summary>
    public async Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var known = await connection.QueryAsync<string>($"select id from contents where id {database.Dialect.In("ids")}", new { ids = ids.ToArray() });
        return [.. ids.Except(known)];
    }

    /// <summary>Deletes a blob that no row knows, or gives it a row when somebody needs it; true when it was deleted.</summary>
    public Task<bool> DeleteOrphanAsync(string id, Func<Task> deleteBlob, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            // The row keeps away who puts equal content now; when it is there already, the blob is none that nobody knows.
            var added = await transaction.Connection!.ExecuteAsync(
                "insert into contents (id, key_id, stored_at) values (@id, '', 0) on conflict (id) do nothing", new { id }, transaction);
            return added > 0 && await DeleteUnneededAsync(transaction, id, deleteBlob);
        },
        cancel);

    /// <summary>The next contents that another key sealed, in the order of their ids.</summary>
    public async Task<IReadOnlyList<string>> NotSealedWithAsync(string keyId, string after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>(
            "select id from contents where id > @after and key_id <> @keyId order by id limit @limit", new { after, keyId, limit })];
    }

    /// <summary>Replaces the blob while its row cannot be deleted; false when the content is gone.</summary>
    public Task<bool> ReplaceAsync(string id, string keyId, Func<Task> replaceBlob, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            if (await transaction.Connection!.ExecuteAsync("update contents set key_id = @keyId where id = @id", new { id, keyId }, transaction) == 0) return false;
            await replaceBlob();
            return true;
        },
        cancel);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<bool> DeleteUnneededAsync(DbTransaction transaction, string id, Func<Task> deleteBlob)
    {
        var (stored, finished) = Bounds();
        var deleted = await transaction.Connection!.ExecuteAsync(
            $"delete from contents as c where c.id = @id and {Unneeded}", new { id, stored, finished }, transaction);
        if (deleted == 0) return false;
        await deleteBlob();
        return true;
    }

    private (long Stored, long Finished) Bounds()
    {
        var now = time.GetUtcNow();
        return ((now - Grace).ToUnixTimeMilliseconds(), (now - retention.Documents).ToUnixTimeMilliseconds());
    }
}
