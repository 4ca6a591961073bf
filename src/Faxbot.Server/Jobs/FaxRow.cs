using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>A row of table <c>faxes</c> as it stands there.</summary>
internal sealed class FaxRow
{
    public string Id { get; set; } = "";
    public string KeyId { get; set; } = "";
    public string? IdempotencyKey { get; set; }
    public string? RequestHash { get; set; }
    public string ToNumber { get; set; } = "";
    public string? FromNumber { get; set; }
    public string Document { get; set; } = "";
    public string MediaType { get; set; } = "";
    public long? Pages { get; set; }
    public string Options { get; set; } = "";
    public long Priority { get; set; }
    public string State { get; set; } = "";
    public string Turn { get; set; } = FaxTurn.Later;
    public string? WaitsFor { get; set; }
    public string? Plan { get; set; }
    public string? OutcomeClass { get; set; }
    public string? Outcome { get; set; }
    public string? PluginId { get; set; }
    public string? ProviderId { get; set; }
    public long Dials { get; set; }
    public long Tries { get; set; }
    public long ConfirmedPages { get; set; }
    public long CancelRequested { get; set; }
    public string? ResendOf { get; set; }
    public long DueAt { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }
    public long? FinishedAt { get; set; }
    public string? LeaseOwner { get; set; }
    public long? LeaseUntil { get; set; }
    public long LeaseNumber { get; set; }

    /// <summary>The row, kept from other writers until the transaction ends; null when there is none.</summary>
    public static async Task<FaxRow?> LockAsync(DbTransaction transaction, SqlDialect dialect, string id)
    {
        // Before any row is locked: one who waits for a row must not keep the reader of events waiting for him, and through him himself.
        if (dialect.SharedLock(FaxMove.EventLock) is { Length: > 0 } statement) await transaction.Connection!.ExecuteAsync(statement, transaction: transaction);
        return await transaction.Connection!.QuerySingleOrDefaultAsync<FaxRow>($"select * from faxes where id = @id {dialect.Lock}", new { id }, transaction);
    }

    /// <summary>Writes all that may change after acceptance.</summary>
    public Task SaveAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        """
        update faxes set pages = @Pages, state = @State, turn = @Turn, waits_for = @WaitsFor, plan = @Plan, outcome_class = @OutcomeClass,
          outcome = @Outcome, plugin_id = @PluginId, provider_id = @ProviderId, dials = @Dials, tries = @Tries, confirmed_pages = @ConfirmedPages,
          cancel_requested = @CancelRequested, due_at = @DueAt, updated_at = @UpdatedAt, finished_at = @FinishedAt, lease_owner = @LeaseOwner,
          lease_until = @LeaseUntil, lease_number = @LeaseNumber
        where id = @Id
        """,
        this,
        transaction);

    public bool IsHeldBy(JobLease lease) => LeaseOwner == lease.Gateway && LeaseNumber == lease.Number;

    public void SetOutcome(FaxOutcome outcome) =>
        (OutcomeClass, Outcome) = (Words<OutcomeClass>.Of(outcome.Class), JsonSerializer.Serialize(outcome, SdkJson.Options));

    public void SetPlan(AttemptPlan? plan) => Plan = plan is null ? null : JsonSerializer.Serialize(plan, SdkJson.Options);

    public FaxJob ToJob() => new()
    {
        Id = Id,
        KeyId = KeyId,
        To = new PhoneNumber(ToNumber),
        From = FromNumber is null ? null : new PhoneNumber(FromNumber),
        Document = Document,
        MediaType = MediaType,
        Pages = (int?)Pages,
        Options = JsonSerializer.Deserialize<JobOptions>(Options, SdkJson.Options)!,
        Priority = (int)Priority,
        State = Words<JobState>.Parse(State),
        Plan = Plan is null ? new AttemptPlan() : JsonSerializer.Deserialize<AttemptPlan>(Plan, SdkJson.Options)!,
        Outcome = Outcome is null ? null : JsonSerializer.Deserialize<FaxOutcome>(Outcome, SdkJson.Options),
        PluginId = PluginId,
        ProviderId = ProviderId,
        Dials = (int)Dials,
        Tries = (int)Tries,
        ConfirmedPages = (int)ConfirmedPages,
        CancelRequested = CancelRequested != 0,
        ResendOf = ResendOf,
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        FinishedAt = FinishedAt.ToInstant(),
    };
}
