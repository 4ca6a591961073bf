using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Storage;

namespace Faxbot.Server.OptOuts;

/// <summary>The one list of those who opted out, which messages, faxes and calls honour. Thread-safe. All writes are durable when they return.</summary>
internal sealed class OptOutStore(Database database, TimeProvider time)
{
    /// <returns>The entry; the first one when the number was there.</returns>
    public async Task<OptOut> AddAsync(PhoneNumber number, string? note, string keyId, CancellationToken cancel)
    {
        var added = new OptOut { Number = number, Source = OptOutBook.ByApi, Note = note, CreatedAt = time.GetUtcNow() };
        await database.WriteAsync(transaction => OptOutBook.AddAsync(transaction, added, keyId), cancel);
        return (await FindAsync(number, cancel))!;
    }

    /// <returns>False when it was not there.</returns>
    public Task<bool> RemoveAsync(PhoneNumber number, CancellationToken cancel) => database.WriteAsync(transaction => OptOutBook.RemoveAsync(transaction, number.Value), cancel);

    public async Task<OptOut?> FindAsync(PhoneNumber number, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<OptOutRow>("select * from opt_outs where number = @Value", new { number.Value }))?.ToOptOut();
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<OptOut>> ListAsync(int limit, int offset, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<OptOutRow>("select * from opt_outs order by created_at desc, number limit @limit offset @offset", new { limit, offset });
        return [.. rows.Select(row => row.ToOptOut())];
    }

    private sealed class OptOutRow
    {
        public string Number { get; set; } = "";
        public string Source { get; set; } = "";
        public string? MessageId { get; set; }
        public string? Note { get; set; }
        public long CreatedAt { get; set; }

        public OptOut ToOptOut() => new()
        {
            Number = new PhoneNumber(Number),
            Source = Source,
            MessageId = MessageId,
            Note = Note,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
