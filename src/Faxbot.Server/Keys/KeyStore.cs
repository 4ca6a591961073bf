using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Dapper;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Keys;

/// <summary>
/// The API keys. Thread-safe. All writes are durable when they return. Keys that were shown lately are remembered until their use is to be noted again
/// or any key changes; where other gateways may change them, for a second.
/// </summary>
internal sealed class KeyStore(Database database, TimeProvider time)
{
    // Any number that nothing else takes: gateways that start together make one first key.
    private const long FirstKeyLock = 0x0FA7_B09;
    private const int DigestLength = 32;
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);
    // So late at the most a gateway sees what another did to a key.
    private static readonly TimeSpan SharedIsRememberedFor = TimeSpan.FromSeconds(1);

    // Compared with when there is no such key, so that an unknown id takes as long as a wrong secret.
    private static readonly byte[] NoDigest = RandomNumberGenerator.GetBytes(DigestLength);

    // Replaced as a whole after a change is committed: who read a row before adds it to the old one, where nobody finds it.
    private ConcurrentDictionary<string, ShownKey> _shown = [];

    /// <summary>Makes the key with which everything else is set up.</summary>
    /// <returns>False when there has ever been a key.</returns>
    public Task<bool> CreateFirstAsync(KeyToken token, CancellationToken cancel)
    {
        var row = NewRow(new NewApiKey { Name = "first", Note = "Made at the first start.", Scopes = [Scopes.All] }, token);
        return database.WriteAsync(
            async transaction =>
            {
                if (database.IsShared) await transaction.Connection!.ExecuteAsync(database.Dialect.SoleLock(FirstKeyLock), transaction: transaction);
                if (await IsAnyAsync(transaction.Connection!, transaction)) return false;
                await InsertAsync(transaction, row);
                return true;
            },
            cancel);
    }

    /// <summary>Whether there has ever been a key.</summary>
    public async Task<bool> IsAnyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await IsAnyAsync(connection, null);
    }

    /// <summary>Whether that token is valid and was never shown to the API.</summary>
    public async Task<bool> IsUnusedAsync(KeyToken token, CancellationToken cancel)
    {
        var row = await FindRowAsync(token.Id, cancel);
        return row is { LastUsedAt: null, RevokedAt: null } && CryptographicOperations.FixedTimeEquals(token.Digest(), row.Digest);
    }

    public async Task<IssuedKey> CreateAsync(NewApiKey key, CancellationToken cancel)
    {
        var token = KeyToken.Create();
        var row = NewRow(key, token);
        await database.WriteAsync(transaction => InsertAsync(transaction, row), cancel);
        return new IssuedKey(row.ToKey(), token);
    }

    /// <summary>All keys, the newest first; revoked ones stay, as faxes and the audit log name them.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<KeyRow>("select * from api_keys order by created_at desc, id");
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>Gives the key a new secret; the old one is taken until <paramref name="grace"/> is over.</summary>
    /// <returns>Null when there is no such key or it was revoked.</returns>
    public Task<IssuedKey?> RotateAsync(string id, TimeSpan grace, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var token = new KeyToken(id, "").Renew();
        return ChangeAsync<IssuedKey?>(
            async transaction =>
            {
                var row = await transaction.Connection!.QuerySingleOrDefaultAsync<KeyRow>(
                    $"select * from api_keys where id = @id and revoked_at is null {database.Dialect.Lock}", new { id }, transaction);
                if (row is null) return null;
                var overlaps = grace > TimeSpan.Zero;
                row.PreviousDigest = overlaps ? row.Digest : null;
                row.PreviousUntil = overlaps ? (now + grace).ToUnixTimeMilliseconds() : null;
                (row.Digest, row.RotatedAt) = (token.Digest(), now.ToUnixTimeMilliseconds());
                await transaction.Connection!.ExecuteAsync(
                    """
                    update api_keys set digest = @Digest, previous_digest = @PreviousDigest, previous_until = @PreviousUntil, rotated_at = @RotatedAt
                    where id = @Id
                    """,
                    row,
                    transaction);
                return new IssuedKey(row.ToKey(), token);
            },
            cancel);
    }

    /// <summary>Ends the key at once.</summary>
    /// <returns>False when there is no such key; one that was revoked stays so.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return ChangeAsync(
            async transaction => await transaction.Connection!.ExecuteAsync(
                "update api_keys set revoked_at = coalesce(revoked_at, @now) where id = @id", new { id, now }, transaction) > 0,
            cancel);
    }

    /// <summary>Whose token that is.</summary>
    /// <returns>Null when it is nobody's, or its key has expired or was revoked.</returns>
    public async Task<Caller?> AuthenticateAsync(string? text, CancellationToken cancel)
    {
        if (!KeyToken.TryParse(text, out var token)) return null;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var shown = token.Value.Digest();
        var shownBefore = Volatile.Read(ref _shown);
        // What is remembered lets in; only the row itself turns away, as another gateway may have given the key a new secret.
        if (shownBefore.TryGetValue(token.Value.Id, out var known) && IsFresh(known, now) && Opens(known.Row, shown, now)) return known.Caller;
        var row = await FindRowAsync(token.Value.Id, cancel);
        if (!Opens(row, shown, now)) return null;
        if (!IsNoted(row, now)) await NoteUseAsync(row, now, cancel);
        var caller = new Caller(row.Id, row.Scopes.Split(' ').ToHashSet(StringComparer.Ordinal));
        shownBefore[row.Id] = new ShownKey(row, caller, now);
        return caller;
    }

    private static bool Opens([NotNullWhen(true)] KeyRow? row, byte[] shown, long now)
    {
        // Both comparisons are made whatever the first says, for the same reason as NoDigest.
        var isCurrent = CryptographicOperations.FixedTimeEquals(shown, row?.Digest ?? NoDigest);
        var isPrevious = CryptographicOperations.FixedTimeEquals(shown, row?.PreviousDigest ?? NoDigest) && row?.PreviousUntil > now;
        return row is not null && (isCurrent || isPrevious) && row.RevokedAt is null && !(row.ExpiresAt <= now);
    }

    // A clock that was put back makes nothing fresh.
    private bool IsFresh(ShownKey known, long now) =>
        IsNoted(known.Row, now) && (!database.IsShared || (known.ReadAt <= now && now - known.ReadAt < (long)SharedIsRememberedFor.TotalMilliseconds));

    private static Task<bool> IsAnyAsync(DbConnection connection, DbTransaction? transaction) =>
        connection.ExecuteScalarAsync<bool>("select exists (select 1 from api_keys)", transaction: transaction);

    private async Task<T> ChangeAsync<T>(Func<DbTransaction, Task<T>> change, CancellationToken cancel)
    {
        try
        {
            return await database.WriteAsync(change, cancel);
        }
        finally
        {
            Volatile.Write(ref _shown, []);
        }
    }

    private async Task<KeyRow?> FindRowAsync(string id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<KeyRow>("select * from api_keys where id = @id", new { id });
    }

    private async Task NoteUseAsync(KeyRow row, long now, CancellationToken cancel)
    {
        var before = now - (long)UseIsNotedEvery.TotalMilliseconds;
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "update api_keys set last_used_at = @now where id = @Id and (last_used_at is null or last_used_at <= @before)",
                new { row.Id, now, before },
                transaction),
            cancel);
        row.LastUsedAt = now;
    }

    private static bool IsNoted(KeyRow row, long now) => row.LastUsedAt > now - (long)UseIsNotedEvery.TotalMilliseconds;

    private KeyRow NewRow(NewApiKey key, KeyToken token) => new()
    {
        Id = token.Id,
        Digest = token.Digest(),
        Name = key.Name,
        Owner = key.Owner,
        Note = key.Note,
        Scopes = string.Join(' ', key.Scopes.Distinct().Order(StringComparer.Ordinal)),
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ExpiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
    };

    private static Task<int> InsertAsync(DbTransaction transaction, KeyRow row) => transaction.Connection!.ExecuteAsync(
        """
        insert into api_keys (id, digest, name, owner, note, scopes, created_at, expires_at)
        values (@Id, @Digest, @Name, @Owner, @Note, @Scopes, @CreatedAt, @ExpiresAt)
        """,
        row,
        transaction);

    /// <summary>A key that was let in.</summary>
    private sealed record ShownKey(KeyRow Row, Caller Caller, long ReadAt);
}
