using Dapper;
using Faxbot.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Faxbot.Server.Tests.Storage;

public sealed class KeepingConnectionTests
{
    [Fact]
    public async Task A_statement_that_is_run_again_takes_the_new_values_and_the_new_transaction()
    {
        await using var connection = await OpenAsync();
        foreach (var value in new[] { 1, 2, 3 })
        {
            await using var transaction = connection.BeginTransaction();
            await connection.ExecuteAsync("insert into t (v) values (@value)", new { value }, transaction);
            if (value == 2) await transaction.RollbackAsync(TestContext.Current.CancellationToken);
            else await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([1L, 3L], await connection.QueryAsync<long>("select v from t order by v"));
        Assert.Equal([3L], await connection.QueryAsync<long>("select v from t where v in @wanted", new { wanted = new[] { 2, 3 } }));
        Assert.Equal([1L], await connection.QueryAsync<long>("select v from t where v in @wanted", new { wanted = new[] { 1 } }));
    }

    [Fact]
    public async Task A_statement_that_failed_runs_again()
    {
        await using var connection = await OpenAsync();
        const string Insert = "insert into t (v) values (@value)";
        await connection.ExecuteAsync(Insert, new { value = 1 });

        await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync(Insert, new { value = 1 }));

        Assert.Equal(1, await connection.ExecuteAsync(Insert, new { value = 2 }));
    }

    [Fact]
    public async Task A_statement_follows_a_table_that_is_changed()
    {
        await using var connection = await OpenAsync();
        const string Read = "select * from t";
        await connection.ExecuteAsync("insert into t (v) values (1)");
        Assert.Equal(["v"], ((IDictionary<string, object>)await connection.QuerySingleAsync(Read)).Keys);

        await connection.ExecuteAsync("alter table t add column w bigint");

        Assert.Equal(["v", "w"], ((IDictionary<string, object>)await connection.QuerySingleAsync(Read)).Keys);
    }

    [Fact]
    public async Task More_statements_than_are_kept_all_run()
    {
        await using var connection = await OpenAsync();
        for (var value = 0; value < 600; value++) Assert.Equal(value, await connection.ExecuteScalarAsync<long>($"select {value}"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select 0"));
    }

    private static async Task<KeepingConnection> OpenAsync()
    {
        var connection = new KeepingConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("create table t (v bigint primary key)");
        return connection;
    }
}
