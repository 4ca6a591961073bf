using Dapper;
using Faxbot.Server.Storage;
using Faxbot.Testing;
using Microsoft.Data.Sqlite;

namespace Faxbot.Server.Tests.Storage;

public sealed class MigrationsTests
{
    [Fact]
    public async Task Each_migration_is_applied_once()
    {
        using var folder = new TempFolder();
        await using var database = new Database(new DatabaseOptions { Sqlite = folder.Of("faxbot.db") });

        await database.MigrateAsync(TestContext.Current.CancellationToken);
        await database.MigrateAsync(TestContext.Current.CancellationToken);

        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from migrations where name = '0001-jobs.sql'"));
    }

    [Fact]
    public async Task A_state_that_nobody_knows_cannot_be_stored()
    {
        using var folder = new TempFolder();
        await using var database = new Database(new DatabaseOptions { Sqlite = folder.Of("faxbot.db") });
        await database.MigrateAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                insert into faxes (id, key_id, to_number, document, media_type, options, state, turn, due_at, created_at, updated_at)
                values ('a', 'k', '+1', 'd', 'application/pdf', '{}', 'lost', 'ready', 0, 0, 0)
                """,
                transaction: transaction),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Events_keep_their_numbers_and_go_on_from_the_last_also_when_none_is_left()
    {
        using var folder = new TempFolder();
        await using var database = new Database(new DatabaseOptions { Sqlite = folder.Of("faxbot.db") });
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                insert into faxes (id, key_id, to_number, document, media_type, options, state, turn, due_at, created_at, updated_at)
                values ('a', 'k', '+1', 'd', 'application/pdf', '{}', 'queued', 'ready', 0, 0, 0);
                insert into events (id, fax_id, key_id, at, type, data) values (41, 'a', 'k', 0, 'fax.queued', '{}');
                delete from events;
                """ + As0012() + "delete from migrations where name like '0013-%'",
                transaction: transaction),
            TestContext.Current.CancellationToken);

        await database.MigrateAsync(TestContext.Current.CancellationToken);
        var next = await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteScalarAsync<long>(
                "insert into events (fax_id, key_id, at, type, data) values ('a', 'k', 0, 'fax.cancelled', '{}') returning id", transaction: transaction),
            TestContext.Current.CancellationToken);

        Assert.Equal(42, next);
    }

    [Fact]
    public async Task Contents_keep_their_rows_when_their_table_is_built_anew()
    {
        using var folder = new TempFolder();
        await using var database = new Database(new DatabaseOptions { Sqlite = folder.Of("faxbot.db") });
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                drop table contents;
                create table contents (id text primary key, key_id text not null, stored_at bigint not null);
                insert into contents (id, key_id, stored_at) values ('b', 'k2', 2), ('a', 'k1', 1);
                delete from migrations where name like '0017-%'
                """,
                transaction: transaction),
            TestContext.Current.CancellationToken);

        await database.MigrateAsync(TestContext.Current.CancellationToken);

        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("a", "k1", 1L), ("b", "k2", 2L)], await connection.QueryAsync<(string, string, long)>("select id, key_id, stored_at from contents order by id"));
    }

    // The table of events as it was before it held others than those of faxes.
    private static string As0012() =>
        """
        create table events_of_faxes (
          id integer primary key autoincrement, fax_id text not null references faxes (id) on delete cascade, key_id text not null, at bigint not null, type text not null, data text not null);
        insert into sqlite_sequence (name, seq) select 'events_of_faxes', seq from sqlite_sequence where name = 'events';
        drop table events;
        alter table events_of_faxes rename to events;
        """;
}
