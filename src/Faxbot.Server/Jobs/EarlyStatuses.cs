using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>Statuses that came before the provider's id was known to be an attempt's: the webhook was faster than the answer to sending.</summary>
internal static class EarlyStatuses
{
    /// <summary>
    /// Keeps others from that provider id until the transaction ends, before any row is locked. Otherwise one could look for the attempt while the
    /// other looks for the status, and neither find what the other is about to write.
    /// </summary>
    public static async Task LockAsync(DbTransaction transaction, SqlDialect dialect, string pluginId, string providerId)
    {
        var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{pluginId}\n{providerId}")));
        if (dialect.SoleLock(key) is { Length: > 0 } statement) await transaction.Connection!.ExecuteAsync(statement, transaction: transaction);
    }

    /// <summary>Keeps the status; one that says the end is not replaced by one that does not.</summary>
    public static async Task KeepAsync(DbTransaction transaction, string pluginId, string providerId, FaxStatus status, DateTimeOffset now)
    {
        var kept = await ReadAsync(transaction, pluginId, providerId);
        if (kept is { Outcome: not null } && status.Outcome is null) return;
        await transaction.Connection!.ExecuteAsync(
            """
            insert into early_statuses (plugin_id, provider_id, status, at) values (@pluginId, @providerId, @status, @at)
            on conflict (plugin_id, provider_id) do update set status = excluded.status, at = excluded.at
            """,
            new { pluginId, providerId, status = JsonSerializer.Serialize(status, SdkJson.Options), at = now.ToUnixTimeMilliseconds() },
            transaction);
    }

    /// <summary>The status that was kept, once; null when none was.</summary>
    public static async Task<FaxStatus?> TakeAsync(DbTransaction transaction, string pluginId, string providerId)
    {
        var kept = await ReadAsync(transaction, pluginId, providerId);
        if (kept is not null)
        {
            await transaction.Connection!.ExecuteAsync(
                "delete from early_statuses where plugin_id = @pluginId and provider_id = @providerId", new { pluginId, providerId }, transaction);
        }

        return kept;
    }

    /// <summary>Drops those that nobody asked for in time.</summary>
    public static Task ForgetAsync(DbTransaction transaction, DateTimeOffset before) => transaction.Connection!.ExecuteAsync(
        "delete from early_statuses where at < @before", new { before = before.ToUnixTimeMilliseconds() }, transaction);

    private static async Task<FaxStatus?> ReadAsync(DbTransaction transaction, string pluginId, string providerId)
    {
        var status = await transaction.Connection!.ExecuteScalarAsync<string?>(
            "select status from early_statuses where plugin_id = @pluginId and provider_id = @providerId", new { pluginId, providerId }, transaction);
        return status is null ? null : JsonSerializer.Deserialize<FaxStatus>(status, SdkJson.Options);
    }
}
