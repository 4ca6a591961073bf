using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <inheritdoc/>
internal sealed class JobStore(Database database, JobSignal signal, TimeProvider time, ILogger<JobStore> logger) : IJobBook
{
    // Counting on is dear, and nobody turns so many pages.
    private const int MostCounted = 10_000;
    private readonly EventLog _events = new(database);
    private readonly FaxInsertion _insertion = new(database);

    public async Task<Acceptance> AcceptAsync(NewFax fax, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var row = NewRow(fax, now);
        var kept = await _insertion.InsertAsync(row, fax.SealedWith, cancel) ? row : await EarlierAsync(row, cancel);
        signal.Set(isWork: row.DueAt < (now + Dispatcher.LongestWait).ToUnixTimeMilliseconds());
        var kind = kept.Id == row.Id ? AcceptanceKind.Created
            : kept.RequestHash == fax.RequestHash ? AcceptanceKind.Repeated
            : AcceptanceKind.Conflict;
        if (kind == AcceptanceKind.Created) logger.FaxMoved(kept);
        return new Acceptance(kept.ToJob(), kind);
    }

    public async Task<FaxJob?> FindAsync(string id, string? keyId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<FaxRow>("select * from faxes where id = @id", new { id });
        return row is null || (keyId is not null && row.KeyId != keyId) ? null : row.ToJob();
    }

    public async Task<JobPage> ListAsync(JobQuery query, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var filter = Filter(query);
        var values = new
        {
            query.KeyId,
            states = query.States?.Select(Words<JobState>.Of).ToArray(),
            query.PluginId,
            number = "%" + query.ToNumber?.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_"),
            from = query.CreatedFrom is { } from ? FirstId(from) : null,
            until = query.CreatedUntil is { } until ? FirstId(until) : null,
            query.Limit,
            query.Offset,
            most = MostCounted,
        };
        var rows = await connection.QueryAsync<FaxRow>($"select * from faxes {filter} order by id desc limit @Limit offset @Offset", values);
        var total = await connection.ExecuteScalarAsync<long>($"select count(*) from (select 1 from faxes {filter} limit @most) as counted", values);
        return new JobPage([.. rows.Select(row => row.ToJob())], total);
    }

    public async Task<IReadOnlyList<FaxAttempt>> AttemptsAsync(string faxId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var pages = await connection.QueryAsync<AttemptPageRow>(
            "select p.* from attempt_pages p join attempts a on a.id = p.attempt_id where a.fax_id = @faxId order by p.page", new { faxId });
        var byAttempt = pages.ToLookup(page => page.AttemptId, page => page.ToPage());
        var rows = await connection.QueryAsync<AttemptRow>("select * from attempts where fax_id = @faxId order by number", new { faxId });
        return [.. rows.Select(row => row.ToAttempt([.. byAttempt[row.Id]]))];
    }

    public Task<FaxJob?> CancelAsync(string id, string? keyId, CancellationToken cancel) => ChangeAsync(
        id,
        async (transaction, row, now) =>
        {
            var state = Words<JobState>.Parse(row.State);
            if (keyId is not null && row.KeyId != keyId) return null;
            if (JobLife.IsFinal(state) || row.CancelRequested != 0) return false;
            row.CancelRequested = 1;
            if (state == JobState.Queued)
            {
                row.SetOutcome(GatewayOutcomes.Cancelled(row));
                await FaxMove.StepAsync(transaction, database.Dialect, row, JobStep.Cancel, now);
                return true;
            }

            row.UpdatedAt = now.ToUnixTimeMilliseconds();
            await row.SaveAsync(transaction);
            await FaxMove.RecordAsync(transaction, database.Dialect, row, "fax.cancel_requested", now);
            return false;
        },
        cancel);

    public Task<FaxJob?> ResolveAsync(string id, bool arrived, CancellationToken cancel) => ChangeAsync(
        id,
        async (transaction, row, now) =>
        {
            if (Words<JobState>.Parse(row.State) != JobState.Unknown) return null;
            row.SetOutcome(GatewayOutcomes.Resolved(row.ToJob().Outcome!, arrived));
            if (arrived) row.ConfirmedPages = row.Pages ?? row.ConfirmedPages;
            await FaxMove.StepAsync(transaction, database.Dialect, row, arrived ? JobStep.Succeed : JobStep.Fail, now, new { ByPerson = true });
            return true;
        },
        cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAsync(long after, string? faxId, string? keyId, int limit, CancellationToken cancel) =>
        _events.ReadAsync(after, faxId, keyId, limit, cancel);

    public Task<IReadOnlyList<JobEvent>> EventsAsync(long after, EventFilter filter, int limit, CancellationToken cancel) => _events.ReadAsync(after, filter, limit, cancel);

    public Task<long> LastEventAsync(CancellationToken cancel) => _events.LastAsync(cancel);

    public Task ChangedAsync(CancellationToken cancel) => signal.NextEvent.WaitAsync(cancel);

    /// <summary>Whether the rows can be reached and written.</summary>
    public Task CheckAsync(CancellationToken cancel) =>
        database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("update faxes set id = id where id = ''", transaction: transaction), cancel);

    // The change says whether the fax moved; null that it is not for this caller.
    private async Task<FaxJob?> ChangeAsync(string id, Func<DbTransaction, FaxRow, DateTimeOffset, Task<bool?>> change, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (row, moved) = await database.WriteAsync<(FaxRow?, bool)>(
            async transaction => await FaxRow.LockAsync(transaction, database.Dialect, id) is { } row && await change(transaction, row, now) is { } moved
                ? (row, moved)
                : (null, false),
            cancel);
        signal.Set();
        if (row is not null && moved) logger.FaxMoved(row);
        return row?.ToJob();
    }

    private string Filter(JobQuery query)
    {
        List<string> terms = [];
        if (query.KeyId is not null) terms.Add("key_id = @KeyId");
        if (query.States is { Count: > 0 }) terms.Add("state " + database.Dialect.In("states"));
        if (query.PluginId is not null) terms.Add("plugin_id = @PluginId");
        if (query.ToNumber is not null) terms.Add(@"to_number like @number escape '\'");
        if (query.CreatedFrom is not null) terms.Add("id >= @from");
        if (query.CreatedUntil is not null) terms.Add("id < @until");
        return terms.Count == 0 ? "" : "where " + string.Join(" and ", terms);
    }

    // Below all ids of that millisecond and later ones: they begin with its number (RFC 9562 5.7).
    private static string FirstId(DateTimeOffset at) => long.Max(at.ToUnixTimeMilliseconds(), 0).ToString("x12");

    // Another fax with that key is left as it is.
    private async Task<FaxRow> EarlierAsync(FaxRow row, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleAsync<FaxRow>("select * from faxes where key_id = @KeyId and idempotency_key = @IdempotencyKey", row);
    }

    private static FaxRow NewRow(NewFax fax, DateTimeOffset now)
    {
        var due = fax.SendAt is { } later && later > now ? later : now;
        return new FaxRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            KeyId = fax.KeyId,
            IdempotencyKey = fax.IdempotencyKey,
            RequestHash = fax.RequestHash,
            ToNumber = fax.To.Value,
            FromNumber = fax.From?.Value,
            Document = fax.Document,
            MediaType = fax.MediaType,
            Options = JsonSerializer.Serialize(fax.Options, SdkJson.Options),
            Priority = fax.Priority,
            State = Words<JobState>.Of(JobState.Queued),
            Turn = due > now ? FaxTurn.Later : FaxTurn.Ready,
            ResendOf = fax.ResendOf,
            DueAt = due.ToUnixTimeMilliseconds(),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        };
    }
}
