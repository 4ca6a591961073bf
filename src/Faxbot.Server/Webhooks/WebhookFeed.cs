using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Webhooks;

/// <summary>
/// Writes a delivery for each event and each endpoint that wants it. The cursor moves in the transaction that writes the deliveries, so that no event is
/// passed over and none is written twice, whatever dies and however many gateways do it. Thread-safe.
/// </summary>
internal sealed class WebhookFeed(Database database, IJobBook jobs, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Goes on from the cursor.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> AdvanceAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var from = await connection.ExecuteScalarAsync<long>("select event_id from webhook_cursor where id = 1");
        var events = await jobs.EventsAsync(from, null, null, Batch, cancel);
        if (events.Count == 0) return false;
        var wishes = await WishesAsync(connection, events);
        // What is lost with a power cut is lost with its cursor: it is done again, unless a delivery was noted after it, which makes it durable.
        await database.WriteAsync(transaction => WriteAsync(transaction, from, events, wishes), cancel, Durability.WithNext);
        return events.Count == Batch;
    }

    /// <summary>Forgets deliveries that ended before that instant.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "delete from webhook_deliveries where finished_at < @before", new { before = before.ToUnixTimeMilliseconds() }, transaction),
        cancel);

    private async Task WriteAsync(DbTransaction transaction, long from, IReadOnlyList<JobEvent> events, Dictionary<string, JobOptions> wishes)
    {
        var connection = transaction.Connection!;
        var moved = await connection.ExecuteAsync(
            "update webhook_cursor set event_id = @to where id = 1 and event_id = @from", new { from, to = events[^1].Id }, transaction);
        // Another gateway was here meanwhile.
        if (moved == 0) return;
        var keys = events.Select(happened => happened.KeyId).Distinct().ToArray();
        var endpoints = (await connection.QueryAsync<WebhookRow>(
            $"select * from webhook_endpoints where enabled = 1 and for_faxes = 0 and key_id {database.Dialect.In("keys")}", new { keys }, transaction)).ToLookup(row => row.KeyId);
        foreach (var happened in events)
        {
            // A fax that is gone has nobody to tell about it any more.
            if (!wishes.TryGetValue(happened.FaxId, out var options)) continue;
            List<string> wanting = [.. endpoints[happened.KeyId].Where(row => row.Wants(happened.Type)).Select(row => row.Id)];
            if (options.WebhookUrl is { } url && await OfFaxAsync(transaction, happened, url) is { } named) wanting.Add(named);
            if (wanting.Count == 0) continue;
            var body = Body(happened, options);
            foreach (var endpoint in wanting) await AddAsync(transaction, endpoint, happened, body);
        }
    }

    // An address that did not answer for a day was switched off; a new fax that names it is a new wish.
    private async Task<string?> OfFaxAsync(DbTransaction transaction, JobEvent happened, string url)
    {
        var now = time.GetUtcNow();
        var values = new { id = Guid.CreateVersion7(now).ToString("N"), happened.KeyId, url, now = now.ToUnixTimeMilliseconds(), isNew = happened.Type == "fax.queued" ? 1 : 0 };
        return await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
            """
            insert into webhook_endpoints (id, key_id, url, events, for_faxes, enabled, created_at, updated_at) values (@id, @KeyId, @url, '*', 1, 1, @now, @now)
            on conflict (key_id, url) where for_faxes = 1 do update
              set enabled = 1, disabled_reason = null, failures = 0, failing_since = null, updated_at = @now where webhook_endpoints.enabled = 0 and @isNew = 1;
            select id from webhook_endpoints where key_id = @KeyId and url = @url and for_faxes = 1 and enabled = 1
            """,
            values,
            transaction);
    }

    // The endpoint first: it is the row on which this and the end of a delivery wait for each other.
    private async Task AddAsync(DbTransaction transaction, string endpointId, JobEvent happened, string body) => await transaction.Connection!.ExecuteAsync(
        """
        update webhook_endpoints set next_at = coalesce(next_at, @now) where id = @endpointId;
        insert into webhook_deliveries (endpoint_id, event_id, fax_id, type, body, state, created_at)
        select @endpointId, @Id, id, @Type, @body, 'waiting', @now from faxes where id = @FaxId
        on conflict (endpoint_id, event_id) do nothing
        """,
        new { endpointId, happened.Id, happened.FaxId, happened.Type, body, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
        transaction);

    private async Task<Dictionary<string, JobOptions>> WishesAsync(DbConnection connection, IReadOnlyList<JobEvent> events)
    {
        var faxes = events.Select(happened => happened.FaxId).Distinct().ToArray();
        var rows = await connection.QueryAsync<(string Id, string Options)>($"select id, options from faxes where id {database.Dialect.In("faxes")}", new { faxes });
        return rows.ToDictionary(row => row.Id, row => JsonSerializer.Deserialize<JobOptions>(row.Options, SdkJson.Options)!);
    }

    // Ids only: who is told asks for the rest with his key.
    private static string Body(JobEvent happened, JobOptions options)
    {
        using var data = JsonDocument.Parse(happened.Data);
        return JsonSerializer.Serialize(
            new { happened.Id, happened.Type, happened.At, happened.FaxId, options.ClientReference, Data = data.RootElement }, SdkJson.Options);
    }
}
