using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Jobs;

/// <summary>The writes of which every change of a fax consists. Each runs in its caller's transaction, on a row that the caller has locked.</summary>
internal static class FaxMove
{
    // Writers share it, EventLog takes it alone: so an event is seen only when none with a lower number can still appear.
    public const long EventLock = 0x0FA7_B08;

    /// <summary>Makes a step, writes the row and its event, and frees lease and number when nobody works on the fax any more.</summary>
    /// <exception cref="InvalidOperationException">The step cannot be made from there.</exception>
    public static async Task StepAsync(DbTransaction transaction, SqlDialect dialect, FaxRow row, JobStep step, DateTimeOffset now, object? data = null)
    {
        var from = Words<JobState>.Parse(row.State);
        if (!JobLife.TryMove(from, step, out var next)) throw new InvalidOperationException($"A fax cannot {step} while it is {row.State}.");
        row.State = Words<JobState>.Of(next.Value);
        row.UpdatedAt = now.ToUnixTimeMilliseconds();
        if (JobLife.IsFinal(next.Value)) row.FinishedAt = row.UpdatedAt;
        if (!JobLife.IsLeased(next.Value)) (row.LeaseOwner, row.LeaseUntil) = (null, null);
        await row.SaveAsync(transaction);
        await RecordAsync(transaction, dialect, row, "fax." + row.State, now, data);
        if (!JobLife.IsLeased(next.Value)) await FreeNumberAsync(transaction, dialect, row);
    }

    /// <summary>Writes an event.</summary>
    public static Task RecordAsync(DbTransaction transaction, SqlDialect dialect, FaxRow row, string type, DateTimeOffset now, object? data = null) =>
        transaction.Connection!.ExecuteAsync(
            dialect.SharedLock(EventLock) + "insert into events (fax_id, key_id, at, type, data) values (@Id, @KeyId, @at, @type, @data)",
            new
            {
                row.Id,
                row.KeyId,
                at = now.ToUnixTimeMilliseconds(),
                type,
                data = data is null ? "{}" : JsonSerializer.Serialize(data, SdkJson.Options),
            },
            transaction);

    // The next fax to that number may be claimed, unless another fax has the number: then its end will see to it.
    private static async Task FreeNumberAsync(DbTransaction transaction, SqlDialect dialect, FaxRow row)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync("delete from number_holds where fax_id = @Id", row, transaction);
        await connection.ExecuteAsync(
            $"""
            update faxes set turn = 'ready' where id in (
              select id from faxes where state = 'queued' and turn = 'number' and to_number = @ToNumber
                and not exists (select 1 from number_holds where number_holds.to_number = @ToNumber)
              order by priority desc, due_at limit 1 {dialect.SkipLocked})
            """,
            row,
            transaction);
    }
}
