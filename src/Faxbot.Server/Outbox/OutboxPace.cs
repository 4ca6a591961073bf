using System.Data.Common;
using Dapper;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>
/// Keeps a plugin's channels (items that are being handed over at once) and items a second, over all gateways: who begins attempts passes here in the
/// same transaction, one after the other for each plugin.
/// </summary>
internal static class OutboxPace
{
    private const int Unlimited = int.MaxValue;
    // What a plugin may be given at once after a pause, beside the one whose turn it is: as much as comes between two looks.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    /// <summary>How many items the plugin may be given now. With <paramref name="dialect"/>, others wait until the transaction ends.</summary>
    public static async Task<PluginRoom> LookAsync(DbConnection connection, DbTransaction? transaction, SqlDialect? dialect, IPluginBackend backend, DateTimeOffset now)
    {
        var (pluginId, limits) = (backend.Pin.PluginId, backend.Limits);
        var isLimited = limits.Channels is not null || limits.CallsPerSecond is not null;
        if (isLimited && dialect is not null)
            await connection.ExecuteAsync("insert into outbox_paces (plugin_id, next_at) values (@pluginId, 0) on conflict do nothing", new { pluginId }, transaction);
        var next = DateTimeOffset.FromUnixTimeMilliseconds(await connection.ExecuteScalarAsync<long?>(
            $"select next_at from outbox_paces where plugin_id = @pluginId {(isLimited ? dialect?.Lock : "")}", new { pluginId }, transaction) ?? 0);
        if (next > now) return new PluginRoom(0, next);
        var room = limits.Channels is { } channels ? channels - await HandedOverAsync(connection, transaction, pluginId) : Unlimited;
        if (limits.CallsPerSecond is { } rate) room = Math.Min(room, 1 + (int)((now - Later(next, now - Burst)).TotalSeconds * rate));
        return new PluginRoom(Math.Max(room, 0), next);
    }

    /// <summary>Notes that the plugin is given so many now.</summary>
    public static async Task TakeAsync(DbTransaction transaction, IPluginBackend backend, PluginRoom room, int taken, DateTimeOffset now)
    {
        if (taken > 0 && backend.Limits.CallsPerSecond is { } rate) await PauseAsync(transaction, backend.Pin.PluginId, Later(room.NextAt, now - Burst) + TimeSpan.FromSeconds(taken / rate));
    }

    /// <summary>Gives the plugin nothing until then.</summary>
    public static Task PauseAsync(DbTransaction transaction, string pluginId, DateTimeOffset until) => transaction.Connection!.ExecuteAsync(
        """
        insert into outbox_paces (plugin_id, next_at) values (@pluginId, @until)
        on conflict (plugin_id) do update set next_at = excluded.next_at where outbox_paces.next_at < excluded.next_at
        """,
        new { pluginId, until = until.ToUnixTimeMilliseconds() },
        transaction);

    private static Task<int> HandedOverAsync(DbConnection connection, DbTransaction? transaction, string pluginId) => connection.ExecuteScalarAsync<int>(
        "select count(*) from outbox_attempts where plugin_id = @pluginId and state = 'submitting'", new { pluginId }, transaction);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>What a plugin takes now.</summary>
/// <param name="Free">How many items.</param>
/// <param name="NextAt">When its next turn is, or was.</param>
internal sealed record PluginRoom(int Free, DateTimeOffset NextAt);
