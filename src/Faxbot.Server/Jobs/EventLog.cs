using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Reads events in order and without loss: whoever goes on after the last number that he saw has missed none. Thread-safe.</summary>
internal sealed class EventLog(Database database)
{
    public async Task<IReadOnlyList<JobEvent>> ReadAsync(long after, string? faxId, string? keyId, int limit, CancellationToken cancel)
    {
        if (!await IsMoreAsync(after, cancel)) return [];
        var last = await LastAsync(cancel);
        if (last <= after) return [];
        await using var connection = await database.OpenAsync(cancel);
        var filter = (faxId is null ? "" : " and fax_id = @faxId") + (keyId is null ? "" : " and key_id = @keyId");
        var rows = await connection.QueryAsync<EventRow>(
            $"select * from events where id > @after and id <= @last{filter} order by id limit @limit", new { after, last, faxId, keyId, limit });
        return [.. rows.Select(row => new JobEvent(row.Id, row.FaxId, row.KeyId, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Type, row.Data))];
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

    // Most who ask have read all that there is: that costs no wait for those who write.
    private async Task<bool> IsMoreAsync(long after, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>("select exists (select 1 from events where id > @after)", new { after });
    }

    private sealed class EventRow
    {
        public long Id { get; set; }
        public string FaxId { get; set; } = "";
        public string KeyId { get; set; } = "";
        public long At { get; set; }
        public string Type { get; set; } = "";
        public string Data { get; set; } = "";
    }
}
