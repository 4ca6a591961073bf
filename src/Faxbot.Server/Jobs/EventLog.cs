using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Reads events in order and without loss: whoever goes on after the last number that he saw has missed none. Thread-safe.</summary>
internal sealed class EventLog(Database database)
{
    public Task<IReadOnlyList<JobEvent>> ReadAsync(long after, string? faxId, string? keyId, int limit, CancellationToken cancel) =>
        ReadAsync(after, (faxId is null ? "" : " and fax_id = @faxId") + (keyId is null ? "" : " and key_id = @keyId"), new { faxId, keyId }, limit, cancel);

    public Task<IReadOnlyList<JobEvent>> ReadAsync(long after, EventFilter filter, int limit, CancellationToken cancel)
    {
        if (filter.Only is { } only)
        {
            var column = only.FaxId is not null ? "fax_id" : only.ItemId is not null ? "outbox_id" : "inbound_message_id";
            return ReadAsync(after, $" and {column} = @Id", new { only.Id }, limit, cancel);
        }

        List<string> terms = [];
        if (filter.FaxesOf is { } key) terms.Add(key.Length == 0 ? "fax_id is not null" : "fax_id is not null and key_id = @FaxesOf");
        // A kind's word is ours, and no caller's.
        foreach (var kind in filter.Kinds) terms.Add($"outbox_id is not null and type like '{kind}.%'{(filter.ItemsOf.Length == 0 ? "" : " and key_id = @ItemsOf")}");
        if (filter.Received) terms.Add("inbound_message_id is not null");
        return terms.Count == 0
            ? Task.FromResult<IReadOnlyList<JobEvent>>([])
            : ReadAsync(after, $" and ({string.Join(" or ", terms)})", new { filter.FaxesOf, filter.ItemsOf }, limit, cancel);
    }

    /// <summary>
    /// The number up to which no event can appear any more. On a server that several write to, numbers are given before the commits, so that a
    /// lower one can come later: here all that write events now are waited for.
    /// </summary>
    public async Task<long> LastAsync(CancellationToken cancel)
    {
        const string Last = "select coalesce(max(id), 0) from events";
        if (database.IsShared)
        {
            return await database.WriteAsync(
                async transaction =>
                {
                    await transaction.Connection!.ExecuteAsync(database.Dialect.SoleLock(FaxMove.EventLock), transaction: transaction);
                    return await transaction.Connection!.ExecuteScalarAsync<long>(Last, transaction: transaction);
                },
                cancel);
        }

        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long>(Last);
    }

    private async Task<IReadOnlyList<JobEvent>> ReadAsync(long after, string filter, object values, int limit, CancellationToken cancel)
    {
        if (!await IsMoreAsync(after, cancel)) return [];
        var last = await LastAsync(cancel);
        if (last <= after) return [];
        await using var connection = await database.OpenAsync(cancel);
        var parameters = new DynamicParameters(values);
        parameters.AddDynamicParams(new { after, last, limit });
        var rows = await connection.QueryAsync<EventRow>($"select * from events where id > @after and id <= @last{filter} order by id limit @limit", parameters);
        return [.. rows.Select(row => row.ToEvent())];
    }

    // Most who ask have read all that there is: that costs no wait for those who write.
    private async Task<bool> IsMoreAsync(long after, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>("select exists (select 1 from events where id > @after)", new { after });
    }

    private sealed class EventRow
    {
        public long Id { get; set; }
        public string? FaxId { get; set; }
        public string? OutboxId { get; set; }
        public string? InboundMessageId { get; set; }
        public string KeyId { get; set; } = "";
        public long At { get; set; }
        public string Type { get; set; } = "";
        public string Data { get; set; } = "";

        public JobEvent ToEvent() => new(Id, new EventSubject(FaxId, OutboxId, InboundMessageId), KeyId, DateTimeOffset.FromUnixTimeMilliseconds(At), Type, Data);
    }
}
