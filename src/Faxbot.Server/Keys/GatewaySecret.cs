using System.Security.Cryptography;
using Dapper;
using Faxbot.Server.Content;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Keys;

/// <summary>A secret that the gateway makes for itself at the first use and keeps: what tokens for documents and derived secrets are made with. Thread-safe.</summary>
internal sealed class GatewaySecret(Database database, SecretBox secrets)
{
    private const string Name = "tokens";
    private const int Octets = 32;
    private byte[]? _secret;

    /// <summary>The secret; the same for all gateways that share the rows.</summary>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _secret) is { } known) return known;
        var made = secrets.Seal(RandomNumberGenerator.GetBytes(Octets));
        var kept = await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    "insert into gateway_secrets (name, sealed) values (@Name, @made) on conflict (name) do nothing", new { Name, made }, transaction);
                return await transaction.Connection!.ExecuteScalarAsync<byte[]>("select sealed from gateway_secrets where name = @Name", new { Name }, transaction);
            },
            cancel);
        var secret = secrets.Open(kept!);
        Volatile.Write(ref _secret, secret);
        return secret;
    }
}
