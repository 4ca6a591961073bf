using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Inbound;

/// <inheritdoc/>
internal sealed class InboundNotices(Database database, TimeProvider time) : IInboundNotices, IDisposable
{
    // So long the fetch may take before another gateway tries it too.
    private static readonly TimeSpan FetchTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private readonly SemaphoreSlim _kept = new(0);

    public async Task KeepAsync(string pluginId, IReadOnlyList<InboundNotice> notices, CancellationToken cancel)
    {
        if (notices.Count == 0) return;
        await database.WriteAsync(
            async transaction =>
            {
                foreach (var notice in notices)
                {
                    await transaction.Connection!.ExecuteAsync(
                        """
                        insert into inbound_notices (plugin_id, provider_id, notice, next_at) values (@pluginId, @ProviderId, @text, @now)
                        on conflict (plugin_id, provider_id) do nothing
                        """,
                        new { pluginId, notice.ProviderId, text = JsonSerializer.Serialize(notice, SdkJson.Options), now = Now },
                        transaction);
                }
            },
            cancel);
        _kept.Release();
    }

    /// <summary>Waits until a notice was kept, at most so long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => Task.WhenAny(_kept.WaitAsync(cancel), Task.Delay(longest, time, cancel));

    /// <summary>Takes one notice that is due, for this gateway alone; null when none is.</summary>
    public async Task<PendingNotice?> TakeAsync(CancellationToken cancel)
    {
        var row = await database.WriteAsync(
            async transaction =>
            {
                var due = await transaction.Connection!.QuerySingleOrDefaultAsync<NoticeRow>(
                    $"select * from inbound_notices where next_at <= @Now order by next_at limit 1 {database.Dialect.SkipLocked}", new { Now }, transaction);
                if (due is null) return null;
                due.Tries++;
                await transaction.Connection!.ExecuteAsync(
                    "update inbound_notices set tries = @Tries, next_at = @next where plugin_id = @PluginId and provider_id = @ProviderId",
                    new { due.Tries, due.PluginId, due.ProviderId, next = Now + (long)FetchTime.TotalMilliseconds },
                    transaction);
                return due;
            },
            cancel);
        return row is null ? null : new PendingNotice(row.PluginId, JsonSerializer.Deserialize<InboundNotice>(row.Notice, SdkJson.Options)!, (int)row.Tries);
    }

    /// <summary>The fax is in the inbox.</summary>
    public Task DoneAsync(PendingNotice notice, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "delete from inbound_notices where plugin_id = @PluginId and provider_id = @ProviderId", new { notice.PluginId, notice.Notice.ProviderId }, transaction),
        cancel);

    /// <summary>It could not be fetched now: it is tried again after a pause that grows.</summary>
    public Task PutOffAsync(PendingNotice notice, CancellationToken cancel)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(notice.Tries, 16) - 1);
        var next = Now + (long)(pause < LongestPause ? pause : LongestPause).TotalMilliseconds;
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update inbound_notices set next_at = @next where plugin_id = @PluginId and provider_id = @ProviderId",
                new { next, notice.PluginId, notice.Notice.ProviderId },
                transaction),
            cancel);
    }

    public void Dispose() => _kept.Dispose();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class NoticeRow
    {
        public string PluginId { get; set; } = "";
        public string ProviderId { get; set; } = "";
        public string Notice { get; set; } = "";
        public long Tries { get; set; }
    }
}

/// <summary>A fax that is to be fetched.</summary>
/// <param name="PluginId">By whom.</param>
/// <param name="Notice">What is known of it.</param>
/// <param name="Tries">How often it was tried, this time included.</param>
internal sealed record PendingNotice(string PluginId, InboundNotice Notice, int Tries);
