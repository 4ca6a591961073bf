using System.Data.Common;
using Dapper;

namespace Faxbot.Server.Jobs;

/// <summary>Table <c>numbers</c>. Whoever writes has the number's hold, so that nobody else writes the same row.</summary>
internal static class NumberBook
{
    /// <summary>What is known of it; an empty record when nothing is.</summary>
    public static async Task<NumberKnowledge> FindAsync(DbConnection connection, DbTransaction? transaction, string number) =>
        await connection.QuerySingleOrDefaultAsync<NumberKnowledge>("select * from numbers where to_number = @number", new { number }, transaction)
            ?? new NumberKnowledge { ToNumber = number };

    public static Task SaveAsync(DbTransaction transaction, NumberKnowledge number) => transaction.Connection!.ExecuteAsync(
        """
        insert into numbers (to_number, reached_at, dead_at, not_fax_calls, not_fax_at, no_t38_until, window_from, window_dials)
        values (@ToNumber, @ReachedAt, @DeadAt, @NotFaxCalls, @NotFaxAt, @NoT38Until, @WindowFrom, @WindowDials)
        on conflict (to_number) do update set reached_at = excluded.reached_at, dead_at = excluded.dead_at, not_fax_calls = excluded.not_fax_calls,
          not_fax_at = excluded.not_fax_at, no_t38_until = excluded.no_t38_until, window_from = excluded.window_from, window_dials = excluded.window_dials
        """,
        number,
        transaction);
}
