using Dapper;
using Faxbot.Server.Storage;
using Faxbot.Testing;
using Microsoft.Data.Sqlite;

namespace Faxbot.Server.Tests.Storage;

public sealed class SqliteWriterTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Database? _database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Database Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
        await _database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("create table words (word text primary key)", transaction: transaction), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_that_fails_takes_nothing_of_those_who_wait_with_it()
    {
        var (first, release) = await BlockAsync();
        Task[] well = [AddAsync("a"), AddAsync("b")];
        var failing = Database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("insert into words values ('c')", transaction: transaction);
                await transaction.Connection!.ExecuteAsync("insert into words values ('a')", transaction: transaction);
            },
            Cancel);
        var last = AddAsync("d");
        release.SetResult();

        await Task.WhenAll([first, .. well, last]);
        await Assert.ThrowsAsync<SqliteException>(() => failing);
        Assert.Equal(["a", "b", "d"], await WordsAsync());
    }

    [Fact]
    public async Task One_that_ends_the_transaction_of_all_is_the_only_one_that_fails()
    {
        var (first, release) = await BlockAsync();
        var before = AddAsync("a");
        // As SQLite does by itself where the disk is full.
        var ending = Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("rollback"), Cancel);
        var after = AddAsync("b");
        release.SetResult();

        await Task.WhenAll(first, before, after);
        await Assert.ThrowsAnyAsync<Exception>(() => ending);
        Assert.Equal(["a", "b"], await WordsAsync());
    }

    [Fact]
    public async Task One_that_is_given_up_while_it_waits_writes_nothing()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (first, release) = await BlockAsync();
        var given = AddAsync("a", gone.Token);
        await gone.CancelAsync();
        release.SetResult();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Empty(await WordsAsync());
    }

    [Fact]
    public async Task Those_who_wait_together_are_committed_together()
    {
        var (first, release) = await BlockAsync();
        var one = AddAsync("a");
        var seen = -1;
        var other = Database.WriteAsync(
            async transaction =>
            {
                // What the one wrote is there for the next in turn, and not yet for readers: it waits for the commit of both.
                seen = (await WordsAsync()).Count;
                Assert.Equal(1, await transaction.Connection!.ExecuteScalarAsync<long>("select count(*) from words", transaction: transaction));
                Assert.False(one.IsCompleted);
            },
            Cancel);
        release.SetResult();

        await Task.WhenAll(first, one, other);
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task What_waits_is_written_before_it_ends()
    {
        var (first, release) = await BlockAsync();
        var one = AddAsync("a");
        var end = Database.DisposeAsync();
        release.SetResult();

        await end;
        await Task.WhenAll(first, one);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync("b"));
    }

    // Keeps the writer, so that what is asked meanwhile waits together.
    private async Task<(Task Write, TaskCompletionSource Release)> BlockAsync()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var write = Database.WriteAsync(
            _ =>
            {
                begun.SetResult();
                return release.Task;
            },
            Cancel);
        await begun.Task;
        return (write, release);
    }

    private Task<int> AddAsync(string word, CancellationToken? cancel = null) => Database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("insert into words values (@word)", new { word }, transaction), cancel ?? Cancel);

    private async Task<List<string>> WordsAsync()
    {
        await using var connection = await Database.OpenAsync(Cancel);
        return [.. await connection.QueryAsync<string>("select word from words order by word")];
    }
}
