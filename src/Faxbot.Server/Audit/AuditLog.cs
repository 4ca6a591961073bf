using System.Data.Common;
using Dapper;
using Faxbot.Server.Keys;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Audit;

/// <summary>Keeps what was done by whom. Thread-safe. Durable when it returns; an act that cannot be recorded fails.</summary>
internal sealed class AuditLog(Database database, TimeProvider time)
{
    /// <summary>Records an act of the caller of a request.</summary>
    public Task RecordAsync(HttpContext http, string action, string subject, string? detail = null) => RecordAsync(
        new AuditEntry
        {
            Actor = http.Features.Get<Caller>()?.KeyId ?? AuditEntry.DocumentToken,
            Action = action,
            Subject = subject,
            Address = http.Connection.RemoteIpAddress?.ToString(),
            Detail = detail,
        },
        // What was done is recorded also for a caller who has gone meanwhile.
        CancellationToken.None);

    public Task RecordAsync(AuditEntry entry, CancellationToken cancel) => database.WriteAsync(transaction => RecordAsync(transaction, entry), cancel);

    /// <summary>Records what is done in the caller's transaction.</summary>
    public Task RecordAsync(DbTransaction transaction, AuditEntry entry) => transaction.Connection!.ExecuteAsync(
        "insert into audit (at, actor, action, subject, address, detail) values (@at, @Actor, @Action, @Subject, @Address, @Detail)",
        new { at = time.GetUtcNow().ToUnixTimeMilliseconds(), entry.Actor, entry.Action, entry.Subject, entry.Address, entry.Detail },
        transaction);

    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        List<string> terms = ["id < @Before"];
        if (query.Actor is not null) terms.Add("actor = @Actor");
        if (query.Subject is not null) terms.Add("subject = @Subject");
        if (query.Action is not null) terms.Add("action = @Action");
        var rows = await connection.QueryAsync<AuditRow>($"select * from audit where {string.Join(" and ", terms)} order by id desc limit @Limit", query);
        return [.. rows.Select(row => row.ToEntry())];
    }

    private sealed class AuditRow
    {
        public long Id { get; set; }
        public long At { get; set; }
        public string Actor { get; set; } = "";
        public string Action { get; set; } = "";
        public string Subject { get; set; } = "";
        public string? Address { get; set; }
        public string? Detail { get; set; }

        public AuditEntry ToEntry() => new()
        {
            Id = Id,
            At = DateTimeOffset.FromUnixTimeMilliseconds(At),
            Actor = Actor,
            Action = Action,
            Subject = Subject,
            Address = Address,
            Detail = Detail,
        };
    }
}

/// <summary>Which entries are asked for, the newest first.</summary>
internal sealed record AuditQuery
{
    /// <summary>Only older ones than this.</summary>
    public long Before { get; init; } = long.MaxValue;

    public string? Actor { get; init; }

    public string? Subject { get; init; }

    public string? Action { get; init; }

    public int Limit { get; init; } = 100;
}
