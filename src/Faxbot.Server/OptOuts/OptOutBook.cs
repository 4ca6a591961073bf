using System.Data.Common;
using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.OptOuts;

/// <summary>Table <c>opt_outs</c> within a caller's transaction or connection.</summary>
internal static class OptOutBook
{
    public const string ByMessage = "message";
    public const string ByApi = "api";

    /// <summary>Whether nothing is to be sent to the number.</summary>
    public static async Task<bool> HoldsAsync(DbConnection connection, DbTransaction? transaction, string number) =>
        await connection.ExecuteScalarAsync<long?>("select 1 from opt_outs where number = @number", new { number }, transaction) is not null;

    /// <summary>Those of the numbers to which nothing is to be sent.</summary>
    public static async Task<IReadOnlySet<string>> AmongAsync(DbTransaction transaction, SqlDialect dialect, string[] numbers) =>
        (await transaction.Connection!.QueryAsync<string>($"select number from opt_outs where number {dialect.In("numbers")}", new { numbers }, transaction)).ToHashSet();

    /// <returns>False when it was there.</returns>
    public static async Task<bool> AddAsync(DbTransaction transaction, OptOut optOut, string? keyId) => await transaction.Connection!.ExecuteAsync(
        """
        insert into opt_outs (number, source, message_id, key_id, note, created_at) values (@number, @Source, @MessageId, @keyId, @Note, @at)
        on conflict (number) do nothing
        """,
        new { number = optOut.Number.Value, optOut.Source, optOut.MessageId, keyId, optOut.Note, at = optOut.CreatedAt.ToUnixTimeMilliseconds() },
        transaction) > 0;

    /// <returns>False when it was not there.</returns>
    public static async Task<bool> RemoveAsync(DbTransaction transaction, string number) =>
        await transaction.Connection!.ExecuteAsync("delete from opt_outs where number = @number", new { number }, transaction) > 0;
}
