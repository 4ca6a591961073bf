using System.Data.Common;
using Dapper;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>
/// Keeps a trunk's channels and calls a second, over all gateways: who begins an attempt passes here in the same transaction, one after the other
/// for each trunk.
/// </summary>
internal static class TrunkGate
{
    /// <summary>Takes a channel and the turn of a call.</summary>
    /// <returns>False when no channel is free or it is too early.</returns>
    public static async Task<bool> TryEnterAsync(DbTransaction transaction, SqlDialect dialect, string pluginId, BackendLimits limits, DateTimeOffset now)
    {
        var connection = transaction.Connection!;
        var isLimited = limits.Channels is not null || limits.CallsPerSecond is not null;
        if (isLimited)
            await connection.ExecuteAsync("insert into trunk_paces (plugin_id, next_call_at) values (@pluginId, 0) on conflict do nothing", new { pluginId }, transaction);
        if (await LookAsync(connection, transaction, pluginId, limits, now, isLimited ? dialect.Lock : "") != TrunkRoom.Free) return false;
        if (limits.CallsPerSecond is { } rate) await PauseAsync(transaction, pluginId, now + TimeSpan.FromSeconds(1 / rate));
        return true;
    }

    /// <summary>Whether a call can begin now.</summary>
    public static async Task<TrunkRoom> LookAsync(
        DbConnection connection, DbTransaction? transaction, string pluginId, BackendLimits limits, DateTimeOffset now, string rowLock = "")
    {
        var next = DateTimeOffset.FromUnixTimeMilliseconds(await connection.ExecuteScalarAsync<long?>(
            $"select next_call_at from trunk_paces where plugin_id = @pluginId {rowLock}", new { pluginId }, transaction) ?? 0);
        // Later than the pace alone would have it, the trunk was told to pause.
        var turn = limits.CallsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
        if (next > now + turn) return TrunkRoom.Full;
        if (limits.Channels is { } channels && await RunningAsync(connection, transaction, pluginId) >= channels) return TrunkRoom.Full;
        return next > now ? TrunkRoom.Soon : TrunkRoom.Free;
    }

    /// <summary>Lets nobody use the trunk until then.</summary>
    public static Task PauseAsync(DbTransaction transaction, string pluginId, DateTimeOffset until) => transaction.Connection!.ExecuteAsync(
        """
        insert into trunk_paces (plugin_id, next_call_at) values (@pluginId, @until)
        on conflict (plugin_id) do update set next_call_at = excluded.next_call_at where trunk_paces.next_call_at < excluded.next_call_at
        """,
        new { pluginId, until = until.ToUnixTimeMilliseconds() },
        transaction);

    /// <summary>How many attempts of that trunk are open.</summary>
    public static Task<int> RunningAsync(DbConnection connection, DbTransaction? transaction, string pluginId) => connection.ExecuteScalarAsync<int>(
        "select count(*) from attempts where plugin_id = @pluginId and state <> 'ended'", new { pluginId }, transaction);

    /// <summary>When the trunk may be used again; in the past when it may.</summary>
    public static async Task<DateTimeOffset> NextCallAsync(DbConnection connection, string pluginId) =>
        DateTimeOffset.FromUnixTimeMilliseconds(await connection.ExecuteScalarAsync<long?>(
            "select next_call_at from trunk_paces where plugin_id = @pluginId", new { pluginId }) ?? 0);
}

/// <summary>Whether a trunk takes a call.</summary>
internal enum TrunkRoom
{
    Free,
    /// <summary>The turn of the next call has not come, as calls a second are limited.</summary>
    Soon,
    /// <summary>No channel is free, or the trunk pauses.</summary>
    Full,
}
