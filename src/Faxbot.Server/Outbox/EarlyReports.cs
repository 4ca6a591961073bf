using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>Reports that came before the provider's id was known to be an attempt's: the webhook was faster than the answer to sending.</summary>
internal static class EarlyReports
{
    /// <summary>Keeps others from that provider id until the transaction ends, before any row is locked; see <see cref="EarlyStatuses.LockAsync"/>.</summary>
    public static Task LockAsync(DbTransaction transaction, SqlDialect dialect, string pluginId, string providerId) =>
        EarlyStatuses.LockAsync(transaction, dialect, pluginId, providerId);

    /// <summary>Keeps the report; one that says the end is not replaced, and one that says more not by one that says less.</summary>
    public static async Task KeepAsync(DbTransaction transaction, string pluginId, string providerId, OutboxReport report, DateTimeOffset now)
    {
        if (await ReadAsync(transaction, pluginId, providerId) is { } kept && (IsEnd(kept.Progress) || kept.Progress >= report.Progress)) return;
        await transaction.Connection!.ExecuteAsync(
            """
            insert into outbox_early_reports (plugin_id, provider_id, report, at) values (@pluginId, @providerId, @text, @at)
            on conflict (plugin_id, provider_id) do update set report = excluded.report, at = excluded.at
            """,
            new { pluginId, providerId, text = JsonSerializer.Serialize(report, SdkJson.Options), at = now.ToUnixTimeMilliseconds() },
            transaction);
    }

    /// <summary>The report that was kept, once; null when none was.</summary>
    public static async Task<OutboxReport?> TakeAsync(DbTransaction transaction, string pluginId, string providerId)
    {
        var kept = await ReadAsync(transaction, pluginId, providerId);
        if (kept is not null)
        {
            await transaction.Connection!.ExecuteAsync(
                "delete from outbox_early_reports where plugin_id = @pluginId and provider_id = @providerId", new { pluginId, providerId }, transaction);
        }

        return kept;
    }

    /// <summary>Drops those that nobody asked for in time.</summary>
    public static Task ForgetAsync(DbTransaction transaction, DateTimeOffset before) => transaction.Connection!.ExecuteAsync(
        "delete from outbox_early_reports where at < @before", new { before = before.ToUnixTimeMilliseconds() }, transaction);

    private static bool IsEnd(OutboxProgress progress) => progress is OutboxProgress.Delivered or OutboxProgress.Undelivered or OutboxProgress.Cancelled;

    private static async Task<OutboxReport?> ReadAsync(DbTransaction transaction, string pluginId, string providerId)
    {
        var report = await transaction.Connection!.ExecuteScalarAsync<string?>(
            "select report from outbox_early_reports where plugin_id = @pluginId and provider_id = @providerId", new { pluginId, providerId }, transaction);
        return report is null ? null : JsonSerializer.Deserialize<OutboxReport>(report, SdkJson.Options);
    }
}
