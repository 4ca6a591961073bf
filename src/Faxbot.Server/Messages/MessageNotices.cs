using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Messages;

/// <summary>Table <c>inbound_message_notices</c>: messages that wait at providers. Thread-safe; several gateways may share the rows.</summary>
internal sealed class MessageNotices(Database database, TimeProvider time) : IDisposable
{
    // As long as a plugin's call may take, and somewhat more.
    private static readonly TimeSpan FetchTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private readonly SemaphoreSlim _kept = new(0);

    /// <summary>Keeps the provider's ids of messages that are to be fetched; durable when it returns.</summary>
    public async Task KeepAsync(string pluginId, IReadOnlyList<string> providerIds, CancellationToken cancel)
    {
        if (providerIds.Count == 0) return;
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "insert into inbound_message_notices (plugin_id, provider_id, next_at) values (@pluginId, @providerId, @Now) on conflict (plugin_id, provider_id) do nothing",
                providerIds.Select(providerId => new { pluginId, providerId, Now }),
                transaction),
            cancel);
        _kept.Release();
    }

    /// <summary>Waits until a notice was kept, at most so long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => Task.WhenAny(_kept.WaitAsync(cancel), Task.Delay(longest, time, cancel));

    /// <summary>Takes one notice that is due, for this gateway alone; null when none is.</summary>
    public Task<MessageNotice?> TakeAsync(CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var due = await transaction.Connection!.QuerySingleOrDefaultAsync<NoticeRow>(
                $"select * from inbound_message_notices where next_at <= @Now order by next_at limit 1 {database.Dialect.SkipLocked}", new { Now }, transaction);
            if (due is null) return null;
            await transaction.Connection!.ExecuteAsync(
                "update inbound_message_notices set tries = tries + 1, next_at = @next where plugin_id = @PluginId and provider_id = @ProviderId",
                new { due.PluginId, due.ProviderId, next = Now + (long)FetchTime.TotalMilliseconds },
                transaction);
            return new MessageNotice(due.PluginId, due.ProviderId, due.Tries + 1);
        },
        cancel);

    /// <summary>The message is there.</summary>
    public Task DoneAsync(MessageNotice notice, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from inbound_message_notices where plugin_id = @PluginId and provider_id = @ProviderId", notice, transaction), cancel);

    /// <summary>It could not be fetched now: it is tried again after a pause that grows.</summary>
    public Task PutOffAsync(MessageNotice notice, CancellationToken cancel)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(notice.Tries, 16) - 1);
        var next = Now + (long)(pause < LongestPause ? pause : LongestPause).TotalMilliseconds;
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update inbound_message_notices set next_at = @next where plugin_id = @PluginId and provider_id = @ProviderId", new { next, notice.PluginId, notice.ProviderId }, transaction),
            cancel);
    }

    public void Dispose() => _kept.Dispose();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class NoticeRow
    {
        public string PluginId { get; set; } = "";
        public string ProviderId { get; set; } = "";
        public long Tries { get; set; }
    }
}

/// <summary>A message that is to be fetched.</summary>
/// <param name="PluginId">By whom.</param>
/// <param name="ProviderId">Its id there.</param>
/// <param name="Tries">How often it was tried, this time included.</param>
internal sealed record MessageNotice(string PluginId, string ProviderId, long Tries);
