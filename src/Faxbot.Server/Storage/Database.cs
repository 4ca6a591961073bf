using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Faxbot.Server.Storage;

/// <summary>
/// The rows of the gateway, on SQLite or PostgreSQL. Statements are written once for both: columns are <c>text</c>, <c>bigint</c> (also for
/// flags and for instants, as Unix milliseconds) and octets, so that a row reads the same from either. What differs is in
/// <see cref="SqlDialect"/>. Thread-safe.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int MostTries = 5;
    private readonly DbDataSource _source;
    // SQLite has one writer at a time: waiting here is fair and cheap, waiting in its busy handler is neither.
    private readonly SemaphoreSlim? _writer;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(DatabaseOptions options)
    {
        if (options.Sqlite is { } path)
        {
            Dialect = SqlDialect.Sqlite;
            _writer = new SemaphoreSlim(1);
            _source = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                ForeignKeys = true,
                DefaultTimeout = 30,
            }.ToString());
        }
        else
        {
            Dialect = SqlDialect.PostgreSql;
            _source = NpgsqlDataSource.Create(options.PostgreSql ?? throw new ArgumentException("Neither SQLite nor PostgreSQL is named.", nameof(options)));
        }
    }

    public SqlDialect Dialect { get; }

    /// <summary>Whether other gateways may work on the same rows.</summary>
    public bool IsShared => Dialect == SqlDialect.PostgreSql;

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        if (Dialect == SqlDialect.Sqlite)
        {
            // WAL: readers do not wait for the writer. FULL: what was committed survives a power cut.
            await using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
            await pragma.ExecuteNonQueryAsync(cancel);
        }

        return connection;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, committed when it returns and rolled back when it throws. Where PostgreSQL ended it
    /// because two waited for each other, it runs again from its beginning: it must not change anything but rows.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel, Durability durability = Durability.OnReturn)
    {
        for (var left = MostTries; ; left--)
        {
            try
            {
                return await WriteOnceAsync(work, durability, cancel);
            }
            catch (PostgresException e) when (left > 1 && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The others go on meanwhile; there is nothing to wait for.
            }
        }
    }

    /// <summary>As the other, for work without a result.</summary>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancel, Durability durability = Durability.OnReturn) => WriteAsync<object?>(
        async transaction =>
        {
            await work(transaction);
            return null;
        },
        cancel,
        durability);

    /// <summary>Brings the tables up to what this version needs.</summary>
    public Task MigrateAsync(CancellationToken cancel) => Migrations.ApplyAsync(this, cancel);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writer?.Dispose();
        if (Dialect == SqlDialect.Sqlite) SqliteConnection.ClearAllPools();
    }

    private async Task<T> WriteOnceAsync<T>(Func<DbTransaction, Task<T>> work, Durability durability, CancellationToken cancel)
    {
        if (_writer is not null) await _writer.WaitAsync(cancel);
        try
        {
            await using var connection = await OpenAsync(cancel);
            // SQLite takes this before a transaction begins, PostgreSQL for one transaction only.
            if (durability == Durability.WithNext && Dialect == SqlDialect.Sqlite) await connection.ExecuteAsync("pragma synchronous = normal");
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false)
                : await connection.BeginTransactionAsync(cancel);
            if (durability == Durability.WithNext && Dialect == SqlDialect.PostgreSql)
                await connection.ExecuteAsync("set local synchronous_commit = off", transaction: transaction);
            var result = await work(transaction);
            await transaction.CommitAsync(cancel);
            return result;
        }
        finally
        {
            _writer?.Release();
        }
    }
}
