using Dapper;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>Who works on which item, and which items wait for what. Thread-safe; several gateways may share the rows.</summary>
internal sealed class OutboxQueue(Database database, TimeProvider time)
{
    /// <summary>Puts the end of this gateway's leases off.</summary>
    public Task<int> RenewAsync(string gateway, TimeSpan lease, CancellationToken cancel)
    {
        var until = (time.GetUtcNow() + lease).ToUnixTimeMilliseconds();
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("update outbox set lease_until = @until where lease_owner = @gateway", new { gateway, until }, transaction),
            cancel,
            Durability.WithNext);
    }

    /// <summary>
    /// Takes over what gateways that gave no sign of life were handing over: something may have left, so it is found out what became of it. A gateway that
    /// is alone on its rows needs not wait for the end of a lease: whoever had it before is dead.
    /// </summary>
    public Task<int> TakeOverAsync(string gateway, TimeSpan lease, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                update outbox set lease_owner = @gateway, lease_until = @until, lease_number = lease_number + 1, look_at = @now, doubt_since = coalesce(doubt_since, @now)
                where lease_owner is not null and lease_owner <> @gateway and (@isAlone = 1 or lease_until <= @now)
                """,
                new { gateway, now = now.ToUnixTimeMilliseconds(), until = (now + lease).ToUnixTimeMilliseconds(), isAlone = database.IsShared ? 0 : 1 },
                transaction),
            cancel);
    }

    /// <summary>The items of this gateway's leases that nobody works on: an error left them behind.</summary>
    /// <param name="gateway">This one.</param>
    /// <param name="isKnown">Whether somebody works on that item.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<string>> LeftBehindAsync(string gateway, Func<string, bool> isKnown, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var ids = await connection.QueryAsync<string>("select id from outbox where lease_owner = @gateway and look_at is null", new { gateway });
        return [.. ids.Where(id => !isKnown(id))];
    }

    /// <summary>It is not known whether the plugin has the item: it is asked about at once.</summary>
    public Task DoubtAsync(string itemId, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update outbox set look_at = @now, doubt_since = @now where id = @itemId and state = 'submitting' and look_at is null",
            new { itemId, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction),
        cancel);

    /// <summary>Lets up to <paramref name="most"/> items that wait for these plugins be claimed.</summary>
    public Task<int> WakeAsync(string waitsFor, int most, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            $"""
            update outbox set turn = 'ready', waits_for = null where id in (
              select id from outbox where state = 'queued' and turn = 'plugin' and waits_for = @waitsFor order by due_at limit @most {database.Dialect.SkipLocked})
            """,
            new { waitsFor, most },
            transaction),
        cancel,
        Durability.WithNext);

    /// <summary>For what plugins items wait, as <see cref="AwaitedTrunks"/> reads it.</summary>
    public async Task<IReadOnlyList<string>> AwaitedAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        List<string> awaited = [];
        // From one to the next in the index: the items that wait for each are not read.
        for (var last = ""; await NextAsync(last) is { } waitsFor; last = waitsFor) awaited.Add(waitsFor);
        return awaited;

        Task<string?> NextAsync(string last) => connection.ExecuteScalarAsync<string?>(
            "select min(waits_for) from outbox where state = 'queued' and turn = 'plugin' and waits_for > @last", new { last });
    }

    /// <summary>When the next item is to be begun or looked up: at once where one is ready; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var next = await connection.ExecuteScalarAsync<long?>(
            """
            select min(at) from (
              select min(due_at) as at from outbox where state = 'queued' and turn = 'ready'
              union all select min(due_at) from outbox where state = 'queued' and turn = 'later'
              union all select min(look_at) from outbox where look_at is not null) as waiting
            """);
        return next.ToInstant();
    }
}
