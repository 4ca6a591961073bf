using Dapper;
using Faxbot.Server.Storage;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Storage;

/// <summary>Where a contract suite gets its database from: each kind of store has one. All tests of a class use it, one after the other.</summary>
public abstract class StoreUnderTest : IAsyncLifetime
{
    private readonly List<Database> _databases = [];
    private DatabaseOptions? _options;

    /// <summary>A connection of its own to the rows of this test class: what a gateway has.</summary>
    internal async Task<Database> OpenAsync()
    {
        var first = _options is null;
        _options ??= await CreateAsync();
        var database = new Database(_options);
        _databases.Add(database);
        if (first) await database.MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>The same without a row: with what a test begins.</summary>
    internal async Task<Database> OpenEmptyAsync()
    {
        var database = await OpenAsync();
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                delete from faxes; delete from numbers; delete from trunk_paces; delete from early_statuses; delete from routes;
                delete from contents; delete from renderings; delete from inbound; delete from media_memory;
                delete from outbox; delete from outbox_early_reports; delete from outbox_paces; delete from inbound_messages; delete from opt_outs;
                """,
                transaction: transaction),
            CancellationToken.None);
        return database;
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var database in _databases) await database.DisposeAsync();
        _databases.Clear();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<DatabaseOptions> CreateAsync();
}

/// <summary>SQLite, in a file of the test class's own.</summary>
public sealed class SqliteUnderTest : StoreUnderTest
{
    private readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override Task<DatabaseOptions> CreateAsync() => Task.FromResult(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
}

/// <summary>PostgreSQL, in a database of the test class's own.</summary>
public sealed class PostgresUnderTest(PostgresFixture postgres) : StoreUnderTest
{
    private protected override async Task<DatabaseOptions> CreateAsync() => new() { PostgreSql = await postgres.CreateDatabaseAsync() };
}
