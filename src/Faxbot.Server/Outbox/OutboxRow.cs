using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>A row of table <c>outbox</c> as it stands there.</summary>
internal sealed class OutboxRow
{
    public string Id { get; set; } = "";
    public string Kind { get; set; } = "";
    public string KeyId { get; set; } = "";
    public string? IdempotencyKey { get; set; }
    public string? RequestHash { get; set; }
    public string ToNumber { get; set; } = "";
    public string? FromNumber { get; set; }
    public byte[] Content { get; set; } = [];
    public string? Document { get; set; }
    public string Options { get; set; } = "";
    public string State { get; set; } = "";
    public string Turn { get; set; } = OutboxTurn.Later;
    public string? WaitsFor { get; set; }
    public string? Plan { get; set; }
    public string? OutcomeClass { get; set; }
    public string? Outcome { get; set; }
    public string? PluginId { get; set; }
    public string? ProviderId { get; set; }
    public long Attempts { get; set; }
    public long CancelRequested { get; set; }
    public long DueAt { get; set; }
    public long? LookAt { get; set; }
    public long? DoubtSince { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }
    public long? SettledAt { get; set; }
    public string? LeaseOwner { get; set; }
    public long? LeaseUntil { get; set; }
    public long LeaseNumber { get; set; }

    /// <summary>The row, kept from other writers until the transaction ends; null when there is none.</summary>
    public static async Task<OutboxRow?> LockAsync(DbTransaction transaction, SqlDialect dialect, string id)
    {
        // Before any row is locked: see FaxRow.LockAsync.
        if (dialect.SharedLock(FaxMove.EventLock) is { Length: > 0 } statement) await transaction.Connection!.ExecuteAsync(statement, transaction: transaction);
        return await transaction.Connection!.QuerySingleOrDefaultAsync<OutboxRow>($"select * from outbox where id = @id {dialect.Lock}", new { id }, transaction);
    }

    /// <summary>Writes all that may change after acceptance.</summary>
    public Task SaveAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        """
        update outbox set state = @State, turn = @Turn, waits_for = @WaitsFor, plan = @Plan, outcome_class = @OutcomeClass, outcome = @Outcome,
          plugin_id = @PluginId, provider_id = @ProviderId, attempts = @Attempts, cancel_requested = @CancelRequested, due_at = @DueAt, look_at = @LookAt,
          doubt_since = @DoubtSince, updated_at = @UpdatedAt, settled_at = @SettledAt, lease_owner = @LeaseOwner, lease_until = @LeaseUntil,
          lease_number = @LeaseNumber
        where id = @Id
        """,
        this,
        transaction);

    public OutboxState StateValue => Words<OutboxState>.Parse(State);

    public OutboxOutcome? OutcomeValue => Outcome is null ? null : JsonSerializer.Deserialize<OutboxOutcome>(Outcome, SdkJson.Options);

    public void SetOutcome(OutboxOutcome outcome) =>
        (OutcomeClass, Outcome) = (Words<OutcomeClass>.Of(outcome.Class), JsonSerializer.Serialize(outcome, SdkJson.Options));

    public OutboxPlan PlanValue => Plan is null ? new OutboxPlan() : JsonSerializer.Deserialize<OutboxPlan>(Plan, SdkJson.Options)!;

    public void SetPlan(OutboxPlan plan) => Plan = JsonSerializer.Serialize(plan, SdkJson.Options);

    public OutboxOptions OptionsValue => JsonSerializer.Deserialize<OutboxOptions>(Options, SdkJson.Options)!;

    public static OutboxRow Of(NewOutboxItem item, SecretBox seal, DateTimeOffset now)
    {
        var due = item.SendAt is { } later && later > now ? later : now;
        return new OutboxRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Kind = item.Kind,
            KeyId = item.KeyId,
            IdempotencyKey = item.IdempotencyKey,
            RequestHash = item.RequestHash,
            ToNumber = item.To.Value,
            FromNumber = item.From?.Value,
            Content = seal.Seal(item.Content),
            Document = item.Document,
            Options = JsonSerializer.Serialize(item.Options, SdkJson.Options),
            State = Words<OutboxState>.Of(OutboxState.Queued),
            Turn = due > now ? OutboxTurn.Later : OutboxTurn.Ready,
            DueAt = due.ToUnixTimeMilliseconds(),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>The item with its content.</summary>
    /// <exception cref="ContentException">The content cannot be opened.</exception>
    public OutboxItem ToItem(SecretBox seal) => ToItem() with { Content = seal.Open(Content) };

    /// <summary>The item without its content, as those need it who only see to its way: one that cannot be opened is not to keep the others.</summary>
    public OutboxItem ToItem() => new()
    {
        Id = Id,
        Kind = Kind,
        KeyId = KeyId,
        To = new PhoneNumber(ToNumber),
        From = FromNumber is null ? null : new PhoneNumber(FromNumber),
        Content = [],
        Document = Document,
        Options = OptionsValue,
        State = StateValue,
        Plan = PlanValue,
        Outcome = OutcomeValue,
        PluginId = PluginId,
        ProviderId = ProviderId,
        Attempts = (int)Attempts,
        CancelRequested = CancelRequested != 0,
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
        DoubtSince = DoubtSince.ToInstant(),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        SettledAt = SettledAt.ToInstant(),
    };
}
