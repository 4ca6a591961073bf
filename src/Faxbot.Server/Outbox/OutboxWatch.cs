using Dapper;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>
/// Asks what became of items. Most ends come by themselves, by webhook; the watch asks for those that do not, finds out what a gateway left behind that died
/// while it handed an item over, and calls an item unknown when nobody can tell. Thread-safe.
/// </summary>
internal sealed class OutboxWatch(
    Database database, OutboxKinds kinds, OutboxLedger ledger, IPluginBackends backends, OutboxWork work, TimeProvider time, ILogger<OutboxWatch> logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);

    /// <summary>Takes some of the items that are due to be asked about; others do not see them for a while.</summary>
    public async Task<IReadOnlyList<WatchedItem>> TakeDueAsync(string gateway, int most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (most <= 0 || !await IsAnyDueAsync(now, cancel)) return [];
        return await database.WriteAsync<IReadOnlyList<WatchedItem>>(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var rows = (await connection.QueryAsync<OutboxRow>(
                    $"""
                    select * from outbox where look_at <= @now and (lease_owner is null or lease_owner = @gateway) order by look_at limit @most {database.Dialect.SkipLocked}
                    """,
                    new { now = now.ToUnixTimeMilliseconds(), gateway, most },
                    transaction)).AsList();
                var ids = rows.Select(row => row.Id).ToArray();
                await connection.ExecuteAsync(
                    $"update outbox set look_at = @until where id {database.Dialect.In("ids")}", new { ids, until = (now + work.Lease).ToUnixTimeMilliseconds() }, transaction);
                var attempts = (await connection.QueryAsync<OutboxAttemptRow>(
                    $"select * from outbox_attempts where state <> 'ended' and item_id {database.Dialect.In("ids")}", new { ids }, transaction)).ToDictionary(attempt => attempt.ItemId);
                return [.. rows.Where(row => attempts.ContainsKey(row.Id)).Select(row => new WatchedItem(row.ToItem(), attempts[row.Id].ToAttempt()))];
            },
            cancel,
            Durability.WithNext);
    }

    /// <summary>Asks about an item and writes what is told.</summary>
    public async Task AskAsync(WatchedItem watched, CancellationToken cancel)
    {
        var kind = kinds.Of(watched.Item.Kind);
        var backend = backends.Of(kind.Category).FirstOrDefault(one => one.Pin.PluginId == watched.Attempt.PluginId);
        if (watched.Item.CancelRequested && backend is { IsReady: true }) await PassCancelOnAsync(kind, backend, watched, cancel);
        var report = await ReportAsync(kind, backend, watched, cancel);
        var tells = report is not (null or { Progress: OutboxProgress.Unknown }) && !(report.Progress == OutboxProgress.NeverSent && watched.Item.State != OutboxState.Submitting);
        if (tells) await ledger.ReportAsync(watched.Attempt.PluginId, watched.Attempt.Id, report!.ProviderId, report, cancel);
        if (tells && report!.Progress is not (OutboxProgress.Accepted or OutboxProgress.Sent)) return;
        if (watched.Item.State == OutboxState.Submitting && !tells) await DoubtOnAsync(kind.Rules, watched, wasAsked: report is not null, cancel);
        else await GoOnAsync(kind.Rules, watched, watched.Attempt.SentAt is not null || report is { Progress: OutboxProgress.Sent }, cancel);
    }

    private async Task<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long?>("select 1 from outbox where look_at <= @now limit 1", new { now = now.ToUnixTimeMilliseconds() }) is not null;
    }

    // Null: it could not be asked.
    private async Task<OutboxReport?> ReportAsync(IOutboxKind kind, IPluginBackend? backend, WatchedItem watched, CancellationToken cancel)
    {
        if (backend is not { IsReady: true }) return null;
        if (watched.Attempt.ProviderId is null && !backend.Manifest.Traits.LookupByReference) return new OutboxReport { Progress = OutboxProgress.Unknown };
        try
        {
            return await kind.LookUpAsync(backend, watched.Attempt, cancel);
        }
        catch (PluginFailureException e)
        {
            logger.LookUpUntold(e, watched.Attempt.PluginId, watched.Item.Id);
            return null;
        }
    }

    private async Task PassCancelOnAsync(IOutboxKind kind, IPluginBackend backend, WatchedItem watched, CancellationToken cancel)
    {
        try
        {
            await kind.CancelAsync(backend, watched.Attempt, cancel);
        }
        catch (PluginFailureException e)
        {
            logger.CancelFailed(e, watched.Attempt.PluginId, watched.Item.Id);
        }
    }

    // Whether the plugin has it is not known: so long that may yet be told.
    private async Task DoubtOnAsync(OutboxRules rules, WatchedItem watched, bool wasAsked, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var since = watched.Item.DoubtSince ?? now;
        var judgement = since + (wasAsked ? rules.Grace : rules.Patience);
        if (now >= judgement) await ledger.EndAsync(watched.Attempt.Id, OutboxOutcome.Lost, null, cancel);
        else await LookAgainAsync(watched.Item.Id, Earlier(judgement, now + ShortestPause + ((now - since) / 2)), since, cancel);
    }

    // The provider has it: its end is waited for, asked for ever more seldom.
    private async Task GoOnAsync(OutboxRules rules, WatchedItem watched, bool isSent, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var attempt = watched.Attempt;
        var since = attempt.SentAt ?? attempt.AcceptedAt ?? attempt.SubmittedAt;
        if (now < since + rules.LongestWait)
        {
            var pause = now - since;
            pause = pause < rules.FirstLookUp ? rules.FirstLookUp : pause > rules.LongestLookUp ? rules.LongestLookUp : pause;
            await LookAgainAsync(watched.Item.Id, Earlier(now + pause, since + rules.LongestWait), null, cancel);
        }
        else if (isSent)
        {
            await SettleAsync(watched.Item.Id, now, cancel);
        }
        else
        {
            await ledger.EndAsync(attempt.Id, OutboxOutcome.Lost, null, cancel);
        }
    }

    private Task<int> LookAgainAsync(string itemId, DateTimeOffset at, DateTimeOffset? doubtSince, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update outbox set look_at = @at, doubt_since = @doubt where id = @itemId and look_at is not null",
            new { itemId, at = at.ToUnixTimeMilliseconds(), doubt = doubtSince?.ToUnixTimeMilliseconds() },
            transaction),
        cancel,
        Durability.WithNext);

    // Nobody confirms what arrives there: that it was sent is the last that is known, unless a report comes after all.
    private Task<int> SettleAsync(string itemId, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "update outbox set look_at = null, doubt_since = null, settled_at = @now where id = @itemId and state = 'sent'", new { itemId, now = now.ToUnixTimeMilliseconds() }, transaction),
        cancel);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>An item with its open attempt, as they were when it was due to be asked about.</summary>
internal sealed record WatchedItem(OutboxItem Item, OutboxAttempt Attempt);
