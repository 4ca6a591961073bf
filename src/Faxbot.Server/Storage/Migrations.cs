using System.Reflection;
using Dapper;

namespace Faxbot.Server.Storage;

/// <summary>
/// Applies <c>Storage/Migrations/NNNN-name.sql</c> in order, each once and in the transaction that records it. Where the databases cannot do the same in one
/// text, there are two: <c>NNNN-name.sqlite.sql</c> and <c>NNNN-name.postgresql.sql</c>.
/// </summary>
internal static class Migrations
{
    private const string Folder = "Faxbot.Server.Storage.Migrations.";
    // Any number that nothing else takes: gateways that start together on one PostgreSQL wait for each other.
    private const long PostgreSqlLock = 0x0FA7_B07;

    public static Task ApplyAsync(Database database, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var connection = transaction.Connection!;
            if (database.Dialect == SqlDialect.PostgreSql)
                await connection.ExecuteAsync($"select pg_advisory_xact_lock({PostgreSqlLock})", transaction: transaction);
            await connection.ExecuteAsync("create table if not exists migrations (name text primary key)", transaction: transaction);
            var applied = (await connection.QueryAsync<string>("select name from migrations", transaction: transaction)).ToHashSet();
            foreach (var name in Names(database.Dialect).Where(name => !applied.Contains(name)))
            {
                await connection.ExecuteAsync(Read(name, database.Dialect), transaction: transaction);
                await connection.ExecuteAsync("insert into migrations (name) values (@name)", new { name }, transaction);
            }

            return applied.Count;
        },
        cancel);

    private static IEnumerable<string> Names(SqlDialect dialect) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(name => name[Folder.Length..])
        .Where(name => name.Split('.') is not [_, var only, _] || only == dialect.Name)
        .Order(StringComparer.Ordinal);

    private static string Read(string name, SqlDialect dialect)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd().Replace("{octets}", dialect.Octets).Replace("{identity}", dialect.Identity);
    }
}
