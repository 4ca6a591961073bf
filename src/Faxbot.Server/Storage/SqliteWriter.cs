using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Faxbot.Server.Storage;

/// <summary>
/// The one writer that SQLite has at a time. Writes that wait while a transaction is synced go into the next one together, so that one sync makes all of
/// them durable. They run one after the other in the order in which they came. When one fails, the transaction is begun anew without it: savepoints would
/// cost each write what so few of them need. Thread-safe.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Who comes later is not to wait for more than this before his own turn.
    private const int MostTogether = 64;
    private readonly string _address;
    private readonly Channel<SqliteWrite> _waiting = Channel.CreateUnbounded<SqliteWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    // Its own for good: what it has read stays in its cache, as nobody else writes.
    private KeepingConnection? _connection;
    private Durability? _durability;

    /// <param name="address">The connection string.</param>
    public SqliteWriter(string address)
    {
        _address = address;
        // It serves everybody, and belongs to none of those who happen to make it.
        using (ExecutionContext.SuppressFlow()) _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>As <see cref="Database.WriteAsync{T}"/>.</summary>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, Durability durability, CancellationToken cancel)
    {
        var write = new SqliteWrite<T>(work, durability, cancel);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(write), this);
        return write.Result;
    }

    /// <summary>Ends after the writes that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        await CloseAsync();
    }

    private async Task WriteAllAsync()
    {
        List<SqliteWrite> writes = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (writes.Count < MostTogether && _waiting.Reader.TryRead(out var write))
            {
                if (!write.IsGivenUp()) writes.Add(write);
            }

            if (writes.Count > 0) await WriteAsync(writes);
            writes.Clear();
        }
    }

    private async Task WriteAsync(List<SqliteWrite> writes)
    {
        var isTogether = writes.Count > 1;
        var commit = CommitAsync(writes);
        // What went wrong reaches those who wrote.
        await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (commit.IsCompletedSuccessfully) return;
        await CloseAsync();
        foreach (var write in writes)
        {
            // The transaction as a whole came to nothing (SQLite ends it by itself when the disk is full): each alone learns whether that is so for him too.
            if (isTogether) await WriteAsync([write]);
            else write.Fail(commit.Exception!.InnerException!);
        }
    }

    // Those that fail know it, and are taken out; the others are committed together.
    private async Task CommitAsync(List<SqliteWrite> writes)
    {
        var connection = await OpenAsync(writes.Exists(write => write.Durability == Durability.OnReturn) ? Durability.OnReturn : Durability.WithNext);
        while (writes.Count > 0)
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            if (await FirstToFailAsync(writes, transaction) is { } failed)
            {
                writes.Remove(failed);
                continue;
            }

            transaction.Commit();
            writes.ForEach(write => write.Committed());
            return;
        }
    }

    private static async Task<SqliteWrite?> FirstToFailAsync(List<SqliteWrite> writes, SqliteTransaction transaction)
    {
        foreach (var write in writes)
        {
            if (!await write.RunAsync(transaction)) return write;
            // Outside of it, what comes next would be committed by itself.
            if (raw.sqlite3_get_autocommit(transaction.Connection!.Handle) != 0) throw new InvalidOperationException("A write ended the transaction of all.");
        }

        return null;
    }

    private async Task<SqliteConnection> OpenAsync(Durability durability)
    {
        if (_connection is null)
        {
            _connection = new KeepingConnection(_address);
            await _connection.OpenAsync();
            // Readers do not wait for the writer; the file remembers it. Pages that many writes change go from the log into the file once, and are not read again.
            await _connection.ExecuteAsync("pragma journal_mode = wal; pragma wal_autocheckpoint = 4000; pragma cache_size = -16000");
        }

        // FULL: what was committed survives a power cut. SQLite takes it before a transaction begins.
        if (_durability != durability) await _connection.ExecuteAsync(durability == Durability.OnReturn ? "pragma synchronous = full" : "pragma synchronous = normal");
        _durability = durability;
        return _connection;
    }

    private async Task CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        (_connection, _durability) = (null, null);
    }
}
