using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Table <c>routes</c>. Thread-safe; changes are durable when they return and hold for the next fax.</summary>
internal sealed class RouteStore(Database database, JobSignal signal, TimeProvider time)
{
    /// <summary>All of them, in a stable order.</summary>
    public async Task<IReadOnlyList<Route>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<RouteRow>("select * from routes order by prefix, rank, cost, id")).Select(row => row.ToRoute())];
    }

    /// <summary>Those whose plugin passes the test: a route to one that carries other things says nothing.</summary>
    public async Task<IReadOnlyList<Route>> ListAsync(Predicate<string> mayCarry, CancellationToken cancel) =>
        [.. (await ListAsync(cancel)).Where(route => mayCarry(route.Rule.PluginId))];

    public async Task<Route> AddAsync(RouteRule rule, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var row = RouteRow.Of(Guid.CreateVersion7(now).ToString("N"), rule, now);
        await WriteAsync(
            "insert into routes (id, prefix, plugin_id, rank, cost, enabled, created_at) values (@Id, @Prefix, @PluginId, @Rank, @Cost, @Enabled, @CreatedAt)",
            row,
            cancel);
        return row.ToRoute();
    }

    /// <returns>False when there is no such route.</returns>
    public async Task<bool> ChangeAsync(string id, RouteRule rule, CancellationToken cancel) => await WriteAsync(
        "update routes set prefix = @Prefix, plugin_id = @PluginId, rank = @Rank, cost = @Cost, enabled = @Enabled where id = @Id",
        RouteRow.Of(id, rule, time.GetUtcNow()),
        cancel) > 0;

    /// <returns>False when there is no such route.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancel) =>
        await WriteAsync("delete from routes where id = @Id", new RouteRow { Id = id }, cancel) > 0;

    private async Task<int> WriteAsync(string statement, RouteRow row, CancellationToken cancel)
    {
        var written = await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(statement, row, transaction), cancel);
        signal.Set();
        return written;
    }

    private sealed class RouteRow
    {
        public string Id { get; set; } = "";
        public string Prefix { get; set; } = "";
        public string PluginId { get; set; } = "";
        public long Rank { get; set; }
        public long Cost { get; set; }
        public long Enabled { get; set; }
        public long CreatedAt { get; set; }

        public static RouteRow Of(string id, RouteRule rule, DateTimeOffset at) => new()
        {
            Id = id,
            Prefix = rule.Prefix,
            PluginId = rule.PluginId,
            Rank = rule.Rank,
            Cost = rule.Cost,
            Enabled = rule.Enabled ? 1 : 0,
            CreatedAt = at.ToUnixTimeMilliseconds(),
        };

        public Route ToRoute() => new(
            Id,
            new RouteRule(Prefix, PluginId, (int)Rank) { Cost = (int)Cost, Enabled = Enabled != 0 },
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
