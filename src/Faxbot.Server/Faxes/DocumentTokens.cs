using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Server.Keys;

namespace Faxbot.Server.Faxes;

/// <summary>
/// Tokens that open one document for one purpose until an instant, without a key: the instant, then HMAC-SHA256 over purpose, id and instant.
/// Nothing is kept of them. Thread-safe.
/// </summary>
internal sealed class DocumentTokens(GatewaySecret secret, TimeProvider time)
{
    private const int InstantOctets = 8;
    private const int TokenOctets = InstantOctets + HMACSHA256.HashSizeInBytes;

    /// <param name="purpose">What it opens: <see cref="FaxPdf"/>, <see cref="InboundPdf"/>, or a word of the caller's own.</param>
    /// <param name="id">Of what.</param>
    /// <param name="lifetime">For how long.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string> CreateAsync(string purpose, string id, TimeSpan lifetime, CancellationToken cancel)
    {
        var until = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var token = new byte[TokenOctets];
        BinaryPrimitives.WriteInt64BigEndian(token, until);
        Sign(await secret.GetAsync(cancel), purpose, id, until, token.AsSpan(InstantOctets));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether it opens that now.</summary>
    public async Task<bool> OpensAsync(string? text, string purpose, string id, CancellationToken cancel)
    {
        var key = await secret.GetAsync(cancel);
        Span<byte> token = stackalloc byte[TokenOctets];
        if (text is null || Base64Url.DecodeFromChars(text, token, out _, out var length) != OperationStatus.Done || length != TokenOctets) return false;
        var until = BinaryPrimitives.ReadInt64BigEndian(token);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(key, purpose, id, until, expected);
        return CryptographicOperations.FixedTimeEquals(expected, token[InstantOctets..]) && until > time.GetUtcNow().ToUnixTimeSeconds();
    }

    /// <summary>The document of a fax that is sent.</summary>
    public const string FaxPdf = "fax-pdf";

    /// <summary>The pages of a fax that came in.</summary>
    public const string InboundPdf = "inbound-pdf";

    private static void Sign(byte[] key, string purpose, string id, long until, Span<byte> signature) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{id}\n{until}"), signature);
}
