using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Outbox;

/// <summary>The writes of which every change of an item consists. Each runs in its caller's transaction, on a row that the caller has locked.</summary>
internal static class OutboxMove
{
    /// <summary>Makes a step, writes the row and its event, and ends lease and watch where the new state has none.</summary>
    /// <exception cref="InvalidOperationException">The step cannot be made from there.</exception>
    public static async Task StepAsync(DbTransaction transaction, SqlDialect dialect, OutboxRow row, OutboxStep step, DateTimeOffset now, object? data = null)
    {
        if (!OutboxLife.TryMove(row.StateValue, step, out var next)) throw new InvalidOperationException($"An item cannot {step} while it is {row.State}.");
        row.State = Words<OutboxState>.Of(next.Value);
        row.UpdatedAt = now.ToUnixTimeMilliseconds();
        if (next != OutboxState.Submitting) (row.LeaseOwner, row.LeaseUntil) = (null, null);
        if (next is OutboxState.Queued or OutboxState.Unknown || OutboxLife.IsFinal(next.Value)) (row.LookAt, row.DoubtSince) = (null, null);
        var isLastWord = next == OutboxState.Sent && row.LookAt is null;
        row.SettledAt = OutboxLife.IsFinal(next.Value) || isLastWord ? row.UpdatedAt : null;
        await row.SaveAsync(transaction);
        // The attempt's row tells that it was begun, and when.
        if (next != OutboxState.Submitting) await RecordAsync(transaction, dialect, row, now, data);
    }

    /// <summary>Writes the event of the state that a row has.</summary>
    public static Task RecordAsync(DbTransaction transaction, SqlDialect dialect, OutboxRow row, DateTimeOffset now, object? data = null) => transaction.Connection!.ExecuteAsync(
        dialect.SharedLock(FaxMove.EventLock) + "insert into events (outbox_id, key_id, at, type, data) values (@Id, @KeyId, @at, @type, @data)",
        new
        {
            row.Id,
            row.KeyId,
            at = now.ToUnixTimeMilliseconds(),
            type = $"{row.Kind}.{row.State}",
            data = data is null ? "{}" : JsonSerializer.Serialize(data, SdkJson.Options),
        },
        transaction);
}
