using System.Text;
using Dapper;
using Faxbot.Server.Content;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Webhooks;

/// <summary>The endpoints of callers and the log of what they were told. Thread-safe. All writes are durable when they return.</summary>
internal sealed class WebhookStore(Database database, SecretBox secrets, TimeProvider time)
{
    public const string AllEvents = "*";

    /// <summary>Adds an endpoint.</summary>
    /// <returns>It, and the secret that signs what it is told; the secret cannot be had again.</returns>
    public async Task<(WebhookEndpoint Endpoint, string Secret)> AddAsync(string keyId, string url, IReadOnlyList<string> events, string? note, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var secret = WebhookSignature.CreateSecret();
        var row = new WebhookRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            KeyId = keyId,
            Url = url,
            SealedSecret = secrets.Seal(Encoding.UTF8.GetBytes(secret)),
            Events = string.Join(' ', events),
            Note = note,
            Enabled = 1,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                insert into webhook_endpoints (id, key_id, url, sealed_secret, events, for_faxes, note, enabled, created_at, updated_at)
                values (@Id, @KeyId, @Url, @SealedSecret, @Events, @ForFaxes, @Note, @Enabled, @CreatedAt, @UpdatedAt)
                """,
                row,
                transaction),
            cancel);
        return (row.ToEndpoint(), secret);
    }

    /// <summary>The endpoint, if that key owns it; <paramref name="keyId"/> null sees all.</summary>
    public async Task<WebhookEndpoint?> FindAsync(string id, string? keyId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<WebhookRow>("select * from webhook_endpoints where id = @id", new { id });
        return row is null || (keyId is not null && row.KeyId != keyId) ? null : row.ToEndpoint();
    }

    /// <summary>Those of a key, or all, the newest first.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string? keyId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var filter = keyId is null ? "" : "where key_id = @keyId";
        var rows = await connection.QueryAsync<WebhookRow>($"select * from webhook_endpoints {filter} order by created_at desc, id", new { keyId });
        return [.. rows.Select(row => row.ToEndpoint())];
    }

    /// <summary>Changes it. Switched on again, it is told what waited at once, and what it failed before is forgotten.</summary>
    public Task ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            update webhook_endpoints set url = @Url, events = @events, note = @Note, enabled = @enabled, updated_at = @now, disabled_reason = null, failures = 0,
              failing_since = null, next_at = case when exists (select 1 from webhook_deliveries where endpoint_id = @Id and state = 'waiting') then @now end
            where id = @Id
            """,
            new
            {
                endpoint.Id,
                endpoint.Url,
                endpoint.Note,
                events = string.Join(' ', endpoint.Events),
                enabled = endpoint.Enabled ? 1 : 0,
                now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            transaction),
        cancel);

    public Task DeleteAsync(string id, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from webhook_endpoints where id = @id", new { id }, transaction), cancel);

    /// <summary>What it was told and what waits, the newest first.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(string id, long before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<DeliveryRow>(
            "select * from webhook_deliveries where endpoint_id = @id and event_id < @before order by event_id desc limit @limit", new { id, before, limit });
        return [.. rows.Select(row => row.ToDelivery())];
    }
}
