using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
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

    private async Task WriteAsync(DbTransaction transaction, long from, IReadOnlyList<JobEvent> events, Dictionary<string, Wishes> wishes)
    {
        var connection = transaction.Connection!;
        var moved = await connection.ExecuteAsync(
            "update webhook_cursor set event_id = @to where id = 1 and event_id = @from", new { from, to = events[^1].Id }, transaction);
        // Another gateway was here meanwhile.
        if (moved == 0) return;
        var keys = events.Select(happened => happened.KeyId).Distinct().ToArray();
        var endpoints = (await connection.QueryAsync<WebhookRow>(
            $"select * from webhook_endpoints where enabled = 1 and for_faxes = 0 and key_id {database.Dialect.In("keys")}", new { keys }, transaction)).ToLookup(row => row.KeyId);
        var readers = events.Any(happened => happened.Subject.ReceivedId is not null) ? await OfReadersAsync(transaction) : [];
        foreach (var happened in events)
        {
            // What is gone has nobody to tell about it any more.
            if (!wishes.TryGetValue(happened.Subject.Id, out var wish) && happened.Subject.ReceivedId is null) continue;
            var told = (happened.Subject.ReceivedId is null ? endpoints[happened.KeyId] : readers).Where(row => row.Wants(happened.Type)).ToArray();
            if (told.Length == 0 && wish?.WebhookUrl is null) continue;
            var body = EventJson.Write(happened, wish?.ClientReference);
            foreach (var endpoint in told) await AddAsync(transaction, endpoint.Id, happened, body);
            if (wish?.WebhookUrl is { } url && await NamedAsync(transaction, happened, url) is { } named) await AddAsync(transaction, named, happened, body);
        }
    }

    // What comes in belongs to no key: those are told who may read it.
    private static async Task<IReadOnlyList<WebhookRow>> OfReadersAsync(DbTransaction transaction)
    {
        var rows = await transaction.Connection!.QueryAsync<WebhookRow>("select * from webhook_endpoints where enabled = 1 and for_faxes = 0", transaction: transaction);
        var keys = await transaction.Connection!.QueryAsync<(string Id, string Scopes)>("select id, scopes from api_keys where revoked_at is null", transaction: transaction);
        var readers = keys.Where(key => new Caller(key.Id, key.Scopes.Split(' ').ToHashSet()).May(Scopes.MessageRead)).Select(key => key.Id).ToHashSet();
        return [.. rows.Where(row => readers.Contains(row.KeyId))];
    }

    // An address that did not answer for a day was switched off; a new fax, message or call that names it is a new wish.
    private async Task<string?> NamedAsync(DbTransaction transaction, JobEvent happened, string url)
    {
        var now = time.GetUtcNow();
        var values = new { id = Guid.CreateVersion7(now).ToString("N"), happened.KeyId, url, now = now.ToUnixTimeMilliseconds(), isNew = happened.Type.EndsWith(".queued", StringComparison.Ordinal) ? 1 : 0 };
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
        insert into webhook_deliveries (endpoint_id, event_id, fax_id, outbox_id, inbound_message_id, type, body, state, created_at)
        select @endpointId, @Id, @FaxId, @ItemId, @ReceivedId, @Type, @body, 'waiting', @now
        where exists (select 1 from faxes where id = @FaxId) or exists (select 1 from outbox where id = @ItemId) or exists (select 1 from inbound_messages where id = @ReceivedId)
        on conflict (endpoint_id, event_id) do nothing
        """,
        new
        {
            endpointId,
            happened.Id,
            happened.Subject.FaxId,
            happened.Subject.ItemId,
            happened.Subject.ReceivedId,
            happened.Type,
            body,
            now = time.GetUtcNow().ToUnixTimeMilliseconds(),
        },
        transaction);

    private async Task<Dictionary<string, Wishes>> WishesAsync(DbConnection connection, IReadOnlyList<JobEvent> events)
    {
        var faxes = events.Select(happened => happened.Subject.FaxId).OfType<string>().Distinct().ToArray();
        var items = events.Select(happened => happened.Subject.ItemId).OfType<string>().Distinct().ToArray();
        Dictionary<string, Wishes> wishes = [];
        if (faxes.Length > 0)
        {
            foreach (var (id, options) in await connection.QueryAsync<(string, string)>($"select id, options from faxes where id {database.Dialect.In("faxes")}", new { faxes }))
            {
                var fax = JsonSerializer.Deserialize<JobOptions>(options, SdkJson.Options)!;
                wishes[id] = new Wishes(fax.WebhookUrl, fax.ClientReference);
            }
        }

        if (items.Length == 0) return wishes;
        foreach (var (id, options) in await connection.QueryAsync<(string, string)>($"select id, options from outbox where id {database.Dialect.In("items")}", new { items }))
        {
            var item = JsonSerializer.Deserialize<OutboxOptions>(options, SdkJson.Options)!;
            wishes[id] = new Wishes(item.WebhookUrl, item.ClientReference);
        }

        return wishes;
    }

    private sealed record Wishes(string? WebhookUrl, string? ClientReference);
}
