using System.Data.Common;
using System.Text;
using Dapper;
using Faxbot.Server.Content;
using Faxbot.Server.Keys;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Webhooks;

/// <summary>
/// Takes deliveries to their endpoints: of one endpoint one after the other, of several at the same time. A delivery that is not taken (2xx) is
/// tried again, later and later, and those behind it wait. An endpoint that took nothing for a day is switched off with the reason; one that
/// says 410 at once. A lease keeps other gateways from it meanwhile. Thread-safe.
/// </summary>
internal sealed partial class WebhookCourier(
    Database database, SecretBox secrets, GatewaySecret gatewaySecret, WebhookSender sender, WebhookPolicy policy, TimeProvider time, ILogger<WebhookCourier> log)
{
    // After so many the endpoint goes to the end of the line, so that one with many waiting keeps no other from its turn.
    private const int MostInTurn = 50;
    private const int Gone = 410;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);
    private const int WaitGrows = 3;

    /// <summary>Takes the endpoints whose time has come.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<WebhookRow>> ClaimAsync(int most, CancellationToken cancel)
    {
        var (now, until) = (Now(), LeaseUntil());
        return database.WriteAsync<IReadOnlyList<WebhookRow>>(
            async transaction =>
            {
                var rows = (await transaction.Connection!.QueryAsync<WebhookRow>(
                    $"""
                    select * from webhook_endpoints where enabled = 1 and next_at <= @now and (lease_until is null or lease_until <= @now)
                    order by next_at limit @most {database.Dialect.SkipLocked}
                    """,
                    new { now, most },
                    transaction)).AsList();
                var ids = rows.Select(row => row.Id).ToArray();
                await transaction.Connection!.ExecuteAsync(
                    $"update webhook_endpoints set lease_until = @until where id {database.Dialect.In("ids")}", new { until, ids }, transaction);
                return rows;
            },
            cancel);
    }

    /// <summary>When the next endpoint's time comes; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var next = await connection.ExecuteScalarAsync<long?>(
            "select min(case when lease_until > next_at then lease_until else next_at end) from webhook_endpoints where enabled = 1 and next_at is not null");
        return next.ToInstant();
    }

    /// <summary>Tells a claimed endpoint what waits for it, then gives it back.</summary>
    public async Task DeliverAsync(WebhookRow endpoint, CancellationToken cancel)
    {
        var secret = endpoint.SealedSecret is { } kept
            ? Encoding.UTF8.GetString(secrets.Open(kept))
            : WebhookSignature.SecretOfKey(await gatewaySecret.GetAsync(cancel), endpoint.KeyId);
        for (var told = 0; told < MostInTurn && await OldestAsync(endpoint.Id, cancel) is { } delivery; told++)
        {
            var answer = await sender.SendAsync(endpoint.Url, secret, delivery, cancel);
            if (answer.IsTaken)
            {
                await database.WriteAsync(transaction => TakenAsync(transaction, delivery, answer), cancel);
                continue;
            }

            await database.WriteAsync(transaction => NotTakenAsync(transaction, delivery, answer), cancel);
            return;
        }

        await database.WriteAsync(transaction => GiveBackAsync(transaction, endpoint.Id), cancel);
    }

    private async Task<DeliveryRow?> OldestAsync(string endpointId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<DeliveryRow>(
            "select * from webhook_deliveries where endpoint_id = @endpointId and state = 'waiting' order by event_id limit 1", new { endpointId });
    }

    private Task<int> TakenAsync(DbTransaction transaction, DeliveryRow delivery, WebhookAnswer answer) => transaction.Connection!.ExecuteAsync(
        """
        update webhook_endpoints set lease_until = @until, failures = 0, failing_since = null where id = @EndpointId;
        update webhook_deliveries set state = 'delivered', tries = tries + 1, last_status = @Status, last_error = null, finished_at = @now
        where endpoint_id = @EndpointId and event_id = @EventId
        """,
        new { delivery.EndpointId, delivery.EventId, answer.Status, now = Now(), until = LeaseUntil() },
        transaction);

    private async Task NotTakenAsync(DbTransaction transaction, DeliveryRow delivery, WebhookAnswer answer)
    {
        var connection = transaction.Connection!;
        var row = await connection.QuerySingleOrDefaultAsync<WebhookRow>(
            $"select * from webhook_endpoints where id = @EndpointId {database.Dialect.Lock}", delivery, transaction);
        if (row is null) return;
        var now = Now();
        row.Failures++;
        row.FailingSince ??= now;
        row.NextAt = now + (long)Wait((int)row.Failures).TotalMilliseconds;
        if (answer.Status == Gone || now - row.FailingSince >= (long)policy.GiveUpAfter.TotalMilliseconds)
        {
            row.Enabled = 0;
            row.DisabledReason = answer.Status == Gone ? "It says that it is gone for good (410)." : $"It took nothing for {policy.GiveUpAfter.TotalHours:0} hours; at last: {answer.Error}";
            SwitchedOff(row.Id, answer.Error ?? "");
        }

        await connection.ExecuteAsync(
            """
            update webhook_endpoints set failures = @Failures, failing_since = @FailingSince, next_at = @NextAt, enabled = @Enabled, disabled_reason = @DisabledReason,
              lease_until = null
            where id = @Id
            """,
            row,
            transaction);
        await connection.ExecuteAsync(
            "update webhook_deliveries set tries = tries + 1, last_status = @Status, last_error = @Error where endpoint_id = @EndpointId and event_id = @EventId",
            new { delivery.EndpointId, delivery.EventId, answer.Status, answer.Error },
            transaction);
    }

    // In two statements: once the row is held, no delivery can be added unseen.
    private async Task GiveBackAsync(DbTransaction transaction, string endpointId)
    {
        await transaction.Connection!.ExecuteAsync("update webhook_endpoints set lease_until = null where id = @endpointId", new { endpointId }, transaction);
        await transaction.Connection!.ExecuteAsync(
            """
            update webhook_endpoints set next_at = case when exists (select 1 from webhook_deliveries where endpoint_id = @endpointId and state = 'waiting') then @now end
            where id = @endpointId
            """,
            new { endpointId, now = Now() },
            transaction);
    }

    private static TimeSpan Wait(int failures) => TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(WaitGrows, failures - 1)));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    // Long enough for an answer that takes its time, and the rows around it.
    private long LeaseUntil() => (time.GetUtcNow() + policy.Timeout + policy.Timeout).ToUnixTimeMilliseconds();

    [LoggerMessage(1320, LogLevel.Warning, "Webhook endpoint {Endpoint} was switched off: {Reason}")]
    private partial void SwitchedOff(string endpoint, string reason);
}
