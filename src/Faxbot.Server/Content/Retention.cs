using Dapper;
using Faxbot.Server.Configuration;
using Faxbot.Server.Inbound;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Content;

/// <summary>
/// Deletes what is kept no longer. First the rows that refer to contents, then the contents that nobody refers to: whatever ends it in between,
/// the next sweep goes on. Several gateways may sweep at once. Thread-safe.
/// </summary>
internal sealed class Retention(
    Database database, InboxStore inbox, Renderings renderings, ContentReferences references, ContentStore contents, IBlobStore blobs, KeyRing ring,
    RetentionOptions options, TimeProvider time)
{
    // A transaction keeps other writers away for as long as it lasts.
    private const int Batch = 200;

    public async Task<SweepResult> SweepAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return new SweepResult
        {
            Faxes = await DeleteInBatchesAsync(() => DeleteFaxesAsync(now - options.Jobs, cancel)),
            Events = await DeleteInBatchesAsync(() => DeleteEventsAsync(now - options.Events, cancel)),
            Inbound = await DeleteInBatchesAsync(() => inbox.DeleteReceivedBeforeAsync(now - options.Inbound, Batch, cancel)),
            Messages = await DeleteInBatchesAsync(() => DeleteMessagesAsync(now - options.Messages, cancel)),
            Renderings = await renderings.ForgetOldAsync(cancel),
            Contents = await DeleteContentsAsync(cancel),
            Orphans = await DeleteOrphansAsync(now - ContentReferences.Grace, cancel),
        };
    }

    /// <summary>Seals with the newest key what an older one sealed; says how much could not be, because it is missing or damaged.</summary>
    public async Task<int> ResealAsync(CancellationToken cancel)
    {
        var failed = 0;
        await foreach (var id in PagedAsync(after => references.NotSealedWithAsync(ring.Newest.Name, after, Batch, cancel)))
        {
            try
            {
                await contents.ResealAsync(id, cancel);
            }
            catch (ContentException e) when (e is not StorageFullException)
            {
                // Whoever reads it is told; the others are not to wait for it.
                failed++;
            }
        }

        return failed;
    }

    private static async Task<int> DeleteInBatchesAsync(Func<Task<int>> deleteBatch)
    {
        var total = 0;
        for (var deleted = Batch; deleted == Batch; total += deleted) deleted = await deleteBatch();
        return total;
    }

    private static async IAsyncEnumerable<string> PagedAsync(Func<string, Task<IReadOnlyList<string>>> next)
    {
        var after = "";
        for (var page = await next(after); page.Count > 0; page = await next(after))
        {
            foreach (var id in page) yield return id;
            after = page[^1];
        }
    }

    private Task<int> DeleteFaxesAsync(DateTimeOffset before, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "delete from faxes where id in (select id from faxes where finished_at is not null and finished_at < @before order by finished_at limit @Batch)",
            new { before = before.ToUnixTimeMilliseconds(), Batch },
            transaction),
        cancel);

    private Task<int> DeleteMessagesAsync(DateTimeOffset before, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var values = new { before = before.ToUnixTimeMilliseconds(), Batch };
            // Both kinds of rows in one batch: it is the last when each has less than its share.
            var settled = await transaction.Connection!.ExecuteAsync(
                "delete from outbox where id in (select id from outbox where settled_at is not null and settled_at < @before order by settled_at limit @Batch)", values, transaction);
            var received = await transaction.Connection!.ExecuteAsync(
                "delete from inbound_messages where id in (select id from inbound_messages where created_at < @before order by created_at limit @Batch)", values, transaction);
            return Math.Max(settled, received);
        },
        cancel);

    // Their numbers rise with time, so that the oldest are found without an index of times.
    private Task<int> DeleteEventsAsync(DateTimeOffset before, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "delete from events where at < @before and id in (select id from events order by id limit @Batch)",
            new { before = before.ToUnixTimeMilliseconds(), Batch },
            transaction),
        cancel);

    private async Task<int> DeleteContentsAsync(CancellationToken cancel)
    {
        var deleted = 0;
        await foreach (var id in PagedAsync(after => references.UnneededAsync(after, Batch, cancel)))
        {
            if (await references.DeleteUnneededAsync(id, () => blobs.DeleteAsync(id, cancel), cancel)) deleted++;
        }

        return deleted;
    }

    // Blobs that no row knows remain where the database was restored from a backup.
    private async Task<int> DeleteOrphansAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await blobs.DeleteAbandonedAsync(before, cancel);
        var deleted = 0;
        await foreach (var names in blobs.ListAsync("", cancel).Where(blob => blob.WrittenAt < before).Select(blob => blob.Name).Chunk(Batch).WithCancellation(cancel))
        {
            foreach (var id in await references.UnknownAsync(names, cancel))
            {
                if (await references.DeleteOrphanAsync(id, () => blobs.DeleteAsync(id, cancel), cancel)) deleted++;
            }
        }

        return deleted;
    }
}

/// <summary>How much a sweep deleted.</summary>
internal sealed record SweepResult
{
    public int Faxes { get; init; }

    public int Events { get; init; }

    public int Inbound { get; init; }

    public int Messages { get; init; }

    public int Renderings { get; init; }

    public int Contents { get; init; }

    /// <summary>Blobs that no row knew.</summary>
    public int Orphans { get; init; }
}
