using System.Data.Common;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Storage;

namespace Faxbot.Bench.Gateway;

/// <summary>Rows as a gateway has them after years: faxes with attempt, event and number, and those that wait for their time or for a number.</summary>
internal static class PastFaxes
{
    private const string Numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < @count)";

    private const string Finished =
        Numbers + """

        insert into faxes (id, key_id, to_number, document, media_type, pages, options, state, turn, outcome_class, outcome, plugin_id, dials, tries,
          confirmed_pages, due_at, created_at, updated_at, finished_at)
        select 'f' || i, 'k' || (i % 50), '+1' || i, 'd' || i, 'application/pdf', 1, '{}', 'success', 'later', 'success', @outcome, 'line', 1, 1, 1, @since + i, @since + i, @since + i, @since + i from n
        """;

    private const string Attempts =
        Numbers + """

        insert into attempts (id, fax_id, number, plugin_id, plugin_version, settings_revision, gateway, state, lease_number, only_line, first_page,
          provider_id, submitted_at, dialled_at, ended_at, outcome_class, outcome)
        select 'a' || i, 'f' || i, 1, 'line', '1.0.0', 1, 'g', 'ended', 1, 1, 0, 'a' || i, @since + i, @since + i, @since + i, 'success', @outcome from n
        """;

    private const string Events = Numbers + "insert into events (fax_id, key_id, at, type, data) select 'f' || i, 'k' || (i % 50), @since + i, 'fax.success', '{}' from n";

    // A gateway that has run for years has told of them long ago.
    private const string Told = "update webhook_cursor set event_id = (select coalesce(max(id), 0) from events) where id = 1";

    private const string Known = Numbers + "insert into numbers (to_number, reached_at) select '+1' || i, @since + i from n";

    private const string Waiting =
        Numbers + """

        insert into faxes (id, key_id, to_number, document, media_type, options, state, turn, due_at, created_at, updated_at)
        select 'w' || i, 'k', case when i % 2 = 0 then '+3' else '+4' || i end, 'd', 'application/pdf', '{}', 'queued',
          case when i % 2 = 0 then 'number' else 'later' end, 9000000000000 + i, i, i from n
        """;

    public static async Task InsertAsync(Database database, int finished, int waiting)
    {
        await WriteAsync(database, finished, Finished, Attempts, Events, Told, Known);
        if (waiting > 0) await WriteAsync(database, waiting, Waiting, "insert into number_holds (to_number, fax_id) select '+3', 'w2' where @count > 0");
        await WriteAsync(database, 0, "analyze faxes", "analyze attempts", "analyze events", "analyze numbers");
    }

    private static Task WriteAsync(Database database, int count, params string[] statements)
    {
        // The last one ended just now.
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - count;
        var outcome = JsonSerializer.Serialize(InstantBackends.Arrived, SdkJson.Options);
        return database.WriteAsync(
            async (DbTransaction transaction) =>
            {
                foreach (var statement in statements) await transaction.Connection!.ExecuteAsync(statement, new { count, since, outcome }, transaction, commandTimeout: 600);
            },
            CancellationToken.None);
    }
}
