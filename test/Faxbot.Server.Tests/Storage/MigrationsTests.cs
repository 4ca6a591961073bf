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
}
