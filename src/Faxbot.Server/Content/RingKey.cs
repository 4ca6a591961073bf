using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Faxbot.Server.Content;

/// <summary>A key of the ring. What it seals is sealed with keys that are derived from it, one for each use.</summary>
internal sealed class RingKey
{
    public const int Octets = 32;
    public const int IdOctets = 8;
    private readonly byte[] _contents;

    public RingKey(ulong id, byte[] key, DateTimeOffset createdAt)
    {
        (Id, Key, CreatedAt) = (id, key, createdAt);
        _contents = HKDF.Expand(HashAlgorithmName.SHA256, key, Octets, "faxbot contents"u8.ToArray());
        Secrets = HKDF.Expand(HashAlgorithmName.SHA256, key, Octets, "faxbot secrets"u8.ToArray());
    }

    public ulong Id { get; }

    /// <summary>The id as people and rows see it.</summary>
    public string Name => NameOf(Id);

    public byte[] Key { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>The key of <see cref="SecretBox"/>.</summary>
    public byte[] Secrets { get; }

    public static RingKey Create(DateTimeOffset now) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(IdOctets)), RandomNumberGenerator.GetBytes(Octets), now);

    public static string NameOf(ulong id) => id.ToString("x16");

    /// <summary>The key of one content: nonces that count its chunks are then used once.</summary>
    public byte[] OfContent(byte[] salt) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _contents, Octets, salt);
}
