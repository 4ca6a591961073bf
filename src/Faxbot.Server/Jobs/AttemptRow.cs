using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>A row of table <c>attempts</c> as it stands there.</summary>
internal sealed class AttemptRow
{
    public const string Submitting = "submitting";
    public const string InProgress = "in_progress";
    public const string Ended = "ended";

    public string Id { get; set; } = "";
    public string FaxId { get; set; } = "";
    public long Number { get; set; }
    public string PluginId { get; set; } = "";
    public string PluginVersion { get; set; } = "";
    public long SettingsRevision { get; set; }
    public string Gateway { get; set; } = "";
    public string State { get; set; } = "";
    public long LeaseNumber { get; set; }
    public long OnlyLine { get; set; }
    public long FirstPage { get; set; }
    public string? ProviderId { get; set; }
    public long SubmittedAt { get; set; }
    public long? DialledAt { get; set; }
    public string? AsteriskServers { get; set; }
    public long? EndedAt { get; set; }
    public string? OutcomeClass { get; set; }
    public string? Outcome { get; set; }
    public string? Cost { get; set; }

    public static Task<AttemptRow?> FindAsync(DbTransaction transaction, string id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<AttemptRow>("select * from attempts where id = @id", new { id }, transaction);

    /// <summary>The last attempt that the provider calls so; null when there is none.</summary>
    public static Task<string?> FindIdAsync(DbTransaction transaction, string pluginId, string providerId) =>
        transaction.Connection!.ExecuteScalarAsync<string?>(
            "select id from attempts where plugin_id = @pluginId and provider_id = @providerId order by id desc limit 1", new { pluginId, providerId }, transaction);

    /// <summary>An attempt with its fax, both kept from other writers until the transaction ends; null when there is none.</summary>
    /// <remarks>All who write an attempt lock its fax: so what is read of the attempt after that is the truth.</remarks>
    public static async Task<(FaxRow Row, AttemptRow Attempt)?> LockAsync(DbTransaction transaction, SqlDialect dialect, string id)
    {
        if (await FindAsync(transaction, id) is not { } found) return null;
        if (await FaxRow.LockAsync(transaction, dialect, found.FaxId) is not { } row) return null;
        return await FindAsync(transaction, id) is { } attempt ? (row, attempt) : null;
    }

    /// <summary>Writes the next attempt of a fax that the caller has locked.</summary>
    public static async Task<AttemptRow> BeginAsync(DbTransaction transaction, JobLease lease, PluginPin pin, bool onlyLine, int firstPage, DateTimeOffset now)
    {
        var last = await transaction.Connection!.ExecuteScalarAsync<long?>("select max(number) from attempts where fax_id = @FaxId", lease, transaction);
        var attempt = new AttemptRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            FaxId = lease.FaxId,
            Number = (last ?? 0) + 1,
            PluginId = pin.PluginId,
            PluginVersion = pin.Version,
            SettingsRevision = pin.SettingsRevision,
            Gateway = lease.Gateway,
            State = Submitting,
            LeaseNumber = lease.Number,
            OnlyLine = onlyLine ? 1 : 0,
            FirstPage = firstPage,
            SubmittedAt = now.ToUnixTimeMilliseconds(),
        };
        await transaction.Connection!.ExecuteAsync(
            """
            insert into attempts (id, fax_id, number, plugin_id, plugin_version, settings_revision, gateway, state, lease_number, only_line, first_page, submitted_at)
            values (@Id, @FaxId, @Number, @PluginId, @PluginVersion, @SettingsRevision, @Gateway, @State, @LeaseNumber, @OnlyLine, @FirstPage, @SubmittedAt)
            """,
            attempt,
            transaction);
        return attempt;
    }

    public Task SaveAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        """
        update attempts set state = @State, provider_id = @ProviderId, dialled_at = @DialledAt, asterisk_servers = @AsteriskServers, ended_at = @EndedAt, outcome_class = @OutcomeClass,
          outcome = @Outcome, cost = @Cost
        where id = @Id
        """,
        this,
        transaction);

    public FaxOutcome? ToOutcome() => Outcome is null ? null : JsonSerializer.Deserialize<FaxOutcome>(Outcome, SdkJson.Options);

    public FaxAttempt ToAttempt(IReadOnlyList<AttemptPage> pages) => new()
    {
        Id = Id,
        FaxId = FaxId,
        Number = (int)Number,
        PluginId = PluginId,
        PluginVersion = PluginVersion,
        SettingsRevision = SettingsRevision,
        Gateway = Gateway,
        FirstPage = (int)FirstPage,
        OnlyLine = OnlyLine != 0,
        ProviderId = ProviderId,
        IsTaken = State != Submitting,
        SubmittedAt = DateTimeOffset.FromUnixTimeMilliseconds(SubmittedAt),
        DialledAt = DialledAt.ToInstant(),
        AsteriskServers = AsteriskServers?.Split(' ') ?? [],
        EndedAt = EndedAt.ToInstant(),
        Outcome = ToOutcome(),
        Cost = Cost is null ? null : JsonSerializer.Deserialize<Money>(Cost, SdkJson.Options),
        Pages = pages,
    };
}

/// <summary>A row of table <c>attempt_pages</c> as it stands there.</summary>
internal sealed class AttemptPageRow
{
    public string AttemptId { get; set; } = "";
    public long Page { get; set; }
    public string State { get; set; } = "";
    public long At { get; set; }
    public string? Evidence { get; set; }

    /// <summary>Writes how far a page came; a confirmation stays.</summary>
    public static Task SaveAsync(DbTransaction transaction, string attemptId, int page, PageState state, string? evidence, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into attempt_pages (attempt_id, page, state, at, evidence) values (@attemptId, @page, @state, @at, @evidence)
            on conflict (attempt_id, page) do update set state = excluded.state, at = excluded.at, evidence = coalesce(excluded.evidence, attempt_pages.evidence)
              where attempt_pages.state <> 'confirmed'
            """,
            new { attemptId, page, state = Words<PageState>.Of(state), at = now.ToUnixTimeMilliseconds(), evidence },
            transaction);

    /// <summary>The first page from the confirmed ones on that no attempt has confirmed.</summary>
    public static async Task<long> NextUnconfirmedAsync(DbTransaction transaction, FaxRow row)
    {
        var confirmed = await transaction.Connection!.QueryAsync<long>(
            """
            select distinct p.page from attempt_pages p join attempts a on a.id = p.attempt_id
            where a.fax_id = @Id and p.state = 'confirmed' and p.page >= @ConfirmedPages order by p.page
            """,
            row,
            transaction);
        var next = row.ConfirmedPages;
        foreach (var page in confirmed.TakeWhile(page => page == next)) next = page + 1;
        return next;
    }

    public AttemptPage ToPage() => new((int)Page, Words<PageState>.Parse(State), DateTimeOffset.FromUnixTimeMilliseconds(At), Evidence);
}
