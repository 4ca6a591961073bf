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
    // Somewhat more statements than the gateway has.
    private const int MostPrepared = 200;
    // For the transaction in which it is asked for.
    private const string NoSync = "set_config('synchronous_commit', 'off', true)";
    private readonly DbDataSource _source;
    private readonly SqliteWriter? _writer;

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(DatabaseOptions options)
    {
        if (options.Sqlite is { } path)
        {
            Dialect = SqlDialect.Sqlite;
            var reading = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 };
            _source = SqliteFactory.Instance.CreateDataSource(reading.ToString());
            // Only who writes needs foreign keys watched: it costs a statement each time that a connection is opened.
            _writer = new SqliteWriter(new SqliteConnectionStringBuilder(reading.ToString()) { ForeignKeys = true, Pooling = false }.ToString());
        }
        else
        {
            Dialect = SqlDialect.PostgreSql;
            _source = NpgsqlDataSource.Create(PostgreSql(options.PostgreSql ?? throw new ArgumentException("Neither SQLite nor PostgreSQL is named.", nameof(options))));
        }
    }

    public SqlDialect Dialect { get; }

    /// <summary>Whether other gateways may work on the same rows.</summary>
    public bool IsShared => Dialect == SqlDialect.PostgreSql;

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, committed when the task ends and rolled back when it throws. Where PostgreSQL ended it
    /// because two waited for each other, or SQLite because of another write, it runs again from its beginning: it may change nothing but rows, or
    /// what may be changed twice.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel, Durability durability = Durability.OnReturn)
    {
        if (_writer is not null) return await _writer.WriteAsync(work, durability, cancel);
        return await RepeatAsync(() => WriteOnceAsync(work, durability, cancel));
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

    /// <summary>
    /// Runs statements that need nothing of each other's results in one transaction, as <see cref="WriteAsync{T}"/> does: to a server that is one way
    /// there and back instead of one for each and one for the end.
    /// </summary>
    /// <returns>Rows that were written.</returns>
    public async Task<int> ExecuteAsync(string statements, object values, CancellationToken cancel, Durability durability = Durability.OnReturn)
    {
        if (_writer is not null) return await _writer.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(statements, values, transaction), durability, cancel);
        return await RepeatAsync(async () =>
        {
            await using var connection = await OpenAsync(cancel);
            // What is sent together is one transaction by itself.
            return await connection.ExecuteAsync(durability == Durability.WithNext ? $"select {NoSync}; {statements}" : statements, values);
        });
    }

    /// <summary>As <see cref="ExecuteAsync"/>, on a server; the first of the statements takes a lock (<see cref="SqlDialect.SharedLock"/>).</summary>
    /// <returns>What the last one returns.</returns>
    public Task<IReadOnlyList<T>> QueryLockedAsync<T>(string statements, object values) => RepeatAsync<IReadOnlyList<T>>(async () =>
    {
        await using var connection = await OpenAsync(CancellationToken.None);
        await using var results = await connection.QueryMultipleAsync(statements, values);
        await results.ReadAsync();
        return [.. await results.ReadAsync<T>()];
    });

    /// <summary>Brings the tables up to what this version needs.</summary>
    public Task MigrateAsync(CancellationToken cancel) => Migrations.ApplyAsync(this, cancel);

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync();
        await _source.DisposeAsync();
        if (Dialect == SqlDialect.Sqlite) SqliteConnection.ClearAllPools();
    }

    // Nothing is left on a connection that would have to be reset, and what is asked again and again is planned once. What the operator says counts more.
    private static string PostgreSql(string address)
    {
        var reading = new NpgsqlConnectionStringBuilder(address);
        if (!reading.ShouldSerialize("No Reset On Close")) reading.NoResetOnClose = true;
        if (!reading.ShouldSerialize("Max Auto Prepare")) reading.MaxAutoPrepare = MostPrepared;
        return reading.ToString();
    }

    private static async Task<T> RepeatAsync<T>(Func<Task<T>> write)
    {
        for (var left = MostTries; ; left--)
        {
            try
            {
                return await write();
            }
            catch (PostgresException e) when (left > 1 && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The others go on meanwhile; there is nothing to wait for.
            }
        }
    }

    private async Task<T> WriteOnceAsync<T>(Func<DbTransaction, Task<T>> work, Durability durability, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (durability == Durability.WithNext) await connection.ExecuteAsync("select " + NoSync, transaction: transaction);
        var result = await work(transaction);
        await transaction.CommitAsync(cancel);
        return result;
    }
}
