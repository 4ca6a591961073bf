using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Auth;

/// <summary>
/// The server's side of digest (RFC 3261 22.1, RFC 7616 3.3): makes challenges and checks what answers them, without keeping a nonce. A
/// nonce is the time and a
/// keyed hash of it, so it cannot be forged and shows its age. Immutable, thread-safe.
/// </summary>
/// <remarks>Within its lifetime a nonce may be used again with the same count; who must exclude that keeps the highest
/// <see cref="DigestCredentials.NonceCount"/> per nonce.</remarks>
public sealed class DigestVerifier
{
    private const int TimeLength = 8;
    private const int TagLength = 16;
    private readonly byte[] _secret;

    /// <param name="realm">The protection domain.</param>
    /// <param name="secret">At least 16 octets that only the server knows.</param>
    /// <param name="nonceLifetime">How old a nonce may be.</param>
    public DigestVerifier(string realm, ReadOnlySpan<byte> secret, TimeSpan nonceLifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 16, nameof(secret));
        Realm = realm;
        _secret = secret.ToArray();
        NonceLifetime = nonceLifetime;
    }

    public string Realm { get; }

    public TimeSpan NonceLifetime { get; }

    /// <summary>A challenge as of now.</summary>
    public DigestChallenge CreateChallenge(DateTimeOffset now, DigestAlgorithm algorithm = DigestAlgorithm.Md5, bool stale = false) =>
        new(Realm, CreateNonce(now, algorithm)) { Algorithm = algorithm, NamesAlgorithm = true, Qop = DigestQop.Auth, IsStale = stale };

    /// <summary>Checks credentials.</summary>
    /// <param name="credentials">From the request.</param>
    /// <param name="password">The user's password, or null for an unknown user; the check takes as long.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="now">The time.</param>
    public DigestVerdict Check(
        DigestCredentials credentials, string? password, SipMethod method, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (credentials.Realm != Realm)
        {
            return DigestVerdict.WrongRealm;
        }

        if (credentials.Qop != DigestQop.Auth || !TryReadNonce(credentials.Nonce, credentials.Algorithm, out var made))
        {
            return DigestVerdict.ForeignNonce;
        }

        if (!(credentials.IsProofOf(password ?? "", method, body) & password is not null))
        {
            return DigestVerdict.WrongPassword;
        }

        // A nonce of the future comes from a clock that was set back.
        var age = now - made;
        return age > NonceLifetime || age < -NonceLifetime ? DigestVerdict.StaleNonce : DigestVerdict.Accepted;
    }

    private string CreateNonce(DateTimeOffset now, DigestAlgorithm algorithm)
    {
        Span<byte> octets = stackalloc byte[TimeLength + TagLength];
        BinaryPrimitives.WriteInt64BigEndian(octets, now.ToUnixTimeMilliseconds());
        Tag(octets[..TimeLength], algorithm).AsSpan(0, TagLength).CopyTo(octets[TimeLength..]);
        return Convert.ToHexStringLower(octets);
    }

    private bool TryReadNonce(string nonce, DigestAlgorithm algorithm, out DateTimeOffset made)
    {
        made = default;
        Span<byte> octets = stackalloc byte[TimeLength + TagLength];
        if (nonce.Length != octets.Length * 2
            || Convert.FromHexString(nonce, octets, out _, out var written) != OperationStatus.Done || written != octets.Length
            || !CryptographicOperations.FixedTimeEquals(octets[TimeLength..], Tag(octets[..TimeLength], algorithm).AsSpan(0, TagLength)))
        {
            return false;
        }

        // The tag proves that we wrote the time, so it is in range.
        made = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(octets));
        return true;
    }

    private byte[] Tag(ReadOnlySpan<byte> time, DigestAlgorithm algorithm) =>
        HMACSHA256.HashData(_secret, (byte[])[.. time, (byte)algorithm, .. Encoding.UTF8.GetBytes(Realm)]);
}
