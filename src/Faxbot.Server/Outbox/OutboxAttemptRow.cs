using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>A row of table <c>outbox_attempts</c> as it stands there.</summary>
internal sealed class OutboxAttemptRow
{
    public const string Submitting = "submitting";
    public const string Accepted = "accepted";
    public const string Sent = "sent";
    public const string Ended = "ended";

    public string Id { get; set; } = "";
    public string ItemId { get; set; } = "";
    public long Number { get; set; }
    public string PluginId { get; set; } = "";
    public string PluginVersion { get; set; } = "";
    public long SettingsRevision { get; set; }
    public string Gateway { get; set; } = "";
    public string State { get; set; } = "";
    public long LeaseNumber { get; set; }
    public string? ProviderId { get; set; }
    public long SubmittedAt { get; set; }
    public long? AcceptedAt { get; set; }
    public long? SentAt { get; set; }
    public long? EndedAt { get; set; }
    public string? OutcomeClass { get; set; }
    public string? Outcome { get; set; }
    public string? Cost { get; set; }

    public static Task<OutboxAttemptRow?> FindAsync(DbTransaction transaction, string id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<OutboxAttemptRow>("select * from outbox_attempts where id = @id", new { id }, transaction);

    /// <summary>The last attempt that the provider calls so; null when there is none.</summary>
    public static Task<string?> FindIdAsync(DbTransaction transaction, string pluginId, string providerId) => transaction.Connection!.ExecuteScalarAsync<string?>(
        "select id from outbox_attempts where plugin_id = @pluginId and provider_id = @providerId order by id desc limit 1", new { pluginId, providerId }, transaction);

    /// <summary>An attempt with its item, both kept from other writers until the transaction ends; null when there is none.</summary>
    /// <remarks>All who write an attempt lock its item: so what is read of the attempt after that is the truth.</remarks>
    public static async Task<(OutboxRow Row, OutboxAttemptRow Attempt)?> LockAsync(DbTransaction transaction, SqlDialect dialect, string id)
    {
        if (await FindAsync(transaction, id) is not { } found) return null;
        if (await OutboxRow.LockAsync(transaction, dialect, found.ItemId) is not { } row) return null;
        return await FindAsync(transaction, id) is { } attempt ? (row, attempt) : null;
    }

    /// <summary>Writes the next attempt of an item that the caller has locked.</summary>
    public static async Task<OutboxAttemptRow> BeginAsync(DbTransaction transaction, OutboxRow row, PluginPin pin, DateTimeOffset now)
    {
        var attempt = new OutboxAttemptRow
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            ItemId = row.Id,
            Number = row.Attempts,
            PluginId = pin.PluginId,
            PluginVersion = pin.Version,
            SettingsRevision = pin.SettingsRevision,
            Gateway = row.LeaseOwner!,
            State = Submitting,
            LeaseNumber = row.LeaseNumber,
            SubmittedAt = now.ToUnixTimeMilliseconds(),
        };
        await transaction.Connection!.ExecuteAsync(
            """
            insert into outbox_attempts (id, item_id, number, plugin_id, plugin_version, settings_revision, gateway, state, lease_number, submitted_at)
            values (@Id, @ItemId, @Number, @PluginId, @PluginVersion, @SettingsRevision, @Gateway, @State, @LeaseNumber, @SubmittedAt)
            """,
            attempt,
            transaction);
        return attempt;
    }

    public Task SaveAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        """
        update outbox_attempts set state = @State, provider_id = @ProviderId, accepted_at = @AcceptedAt, sent_at = @SentAt, ended_at = @EndedAt,
          outcome_class = @OutcomeClass, outcome = @Outcome, cost = @Cost
        where id = @Id
        """,
        this,
        transaction);

    public void End(OutboxOutcome outcome, DateTimeOffset now) => (State, EndedAt, OutcomeClass, Outcome) =
        (Ended, now.ToUnixTimeMilliseconds(), Words<OutcomeClass>.Of(outcome.Class), JsonSerializer.Serialize(outcome, SdkJson.Options));

    public void SetCost(Money? cost)
    {
        if (cost is not null) Cost = JsonSerializer.Serialize(cost, SdkJson.Options);
    }

    public OutboxAttempt ToAttempt() => new()
    {
        Id = Id,
        ItemId = ItemId,
        Number = (int)Number,
        PluginId = PluginId,
        PluginVersion = PluginVersion,
        SettingsRevision = SettingsRevision,
        ProviderId = ProviderId,
        SubmittedAt = DateTimeOffset.FromUnixTimeMilliseconds(SubmittedAt),
        AcceptedAt = AcceptedAt.ToInstant(),
        SentAt = SentAt.ToInstant(),
        EndedAt = EndedAt.ToInstant(),
        Outcome = Outcome is null ? null : JsonSerializer.Deserialize<OutboxOutcome>(Outcome, SdkJson.Options),
        Cost = Cost is null ? null : JsonSerializer.Deserialize<Money>(Cost, SdkJson.Options),
    };
}
