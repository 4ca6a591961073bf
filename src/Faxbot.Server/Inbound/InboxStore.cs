using System.Data.Common;
using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Inbound;

/// <summary>The rows of received faxes. Thread-safe.</summary>
internal sealed class InboxStore(Database database, TimeProvider time)
{
    /// <summary>Keeps a received fax; durable when it returns. A second one with the same backend and provider's id gives the first.</summary>
    public async Task<InboundFax> AddAsync(NewInboundFax fax, CancellationToken cancel)
    {
        var row = InboundRow.Of(fax, time.GetUtcNow());
        return (await database.WriteAsync(transaction => InsertAsync(transaction, row), cancel)).ToFax();
    }

    public async Task<InboundFax?> FindAsync(string id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<InboundRow>("select * from inbound where id = @id", new { id }))?.ToFax();
    }

    public async Task<IReadOnlyList<InboundFax>> ListAsync(InboundQuery query, CancellationToken cancel)
    {
        List<string> terms = [];
        if (query.To is not null) terms.Add("to_number = @number");
        if (query.Status is not null) terms.Add("status = @Status");
        if (query.Mailbox is not null) terms.Add("mailbox = @Mailbox");
        var filter = terms.Count == 0 ? "" : "where " + string.Join(" and ", terms);
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<InboundRow>(
            $"select * from inbound {filter} order by received_at desc, id desc limit @Limit offset @Offset",
            new { number = query.To?.Value, query.Status, query.Mailbox, query.Limit, query.Offset });
        return [.. rows.Select(row => row.ToFax())];
    }

    /// <summary>Deletes the row; what it referred to is deleted when nobody else needs it. False when there is none.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancel) => await database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from inbound where id = @id", new { id }, transaction), cancel) > 0;

    /// <summary>Deletes some of the faxes that were received before then; says how many.</summary>
    public Task<int> DeleteReceivedBeforeAsync(DateTimeOffset before, int limit, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "delete from inbound where id in (select id from inbound where received_at < @before order by received_at limit @limit)",
            new { before = before.ToUnixTimeMilliseconds(), limit },
            transaction),
        cancel);

    private static async Task<InboundRow> InsertAsync(DbTransaction transaction, InboundRow row)
    {
        var inserted = await transaction.Connection!.ExecuteAsync(
            """
            insert into inbound (id, from_number, to_number, status, backend, provider_id, mailbox, pages, octets, document, tiff, received_at, created_at, updated_at)
            values (@Id, @FromNumber, @ToNumber, @Status, @Backend, @ProviderId, @Mailbox, @Pages, @Octets, @Document, @Tiff, @ReceivedAt, @CreatedAt, @UpdatedAt)
            on conflict (backend, provider_id) where provider_id is not null do nothing
            """,
            row,
            transaction);
        return inserted > 0
            ? row
            : await transaction.Connection!.QuerySingleAsync<InboundRow>("select * from inbound where backend = @Backend and provider_id = @ProviderId", row, transaction);
    }
}
