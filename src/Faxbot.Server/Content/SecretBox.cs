using System.Buffers.Binary;

namespace Faxbot.Server.Content;

/// <summary>
/// Seals short secrets, such as settings' and webhooks', for rows of the database: version, key id, nonce, ciphertext, tag. Version and key id are
/// bound to the rest. Thread-safe.
/// </summary>
internal sealed class SecretBox(KeyRing ring)
{
    private const byte Version = 1;
    private const int PrefixOctets = 1 + RingKey.IdOctets;

    public byte[] Seal(ReadOnlySpan<byte> secret)
    {
        var key = ring.Newest;
        Span<byte> prefix = stackalloc byte[PrefixOctets];
        prefix[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(prefix[1..], key.Id);
        return [.. prefix, .. AuthenticatedBox.Seal(key.Secrets, secret, prefix)];
    }

    /// <exception cref="ContentDamagedException">It was changed.</exception>
    /// <exception cref="KeyMissingException">The ring does not have its key.</exception>
    public byte[] Open(ReadOnlySpan<byte> box)
    {
        const string What = "A stored secret";
        if (box.Length < PrefixOctets || box[0] != Version) throw new ContentDamagedException(What);
        var prefix = box[..PrefixOctets];
        var id = BinaryPrimitives.ReadUInt64BigEndian(prefix[1..]);
        var key = ring.Find(id) ?? throw new KeyMissingException(What, RingKey.NameOf(id));
        return AuthenticatedBox.TryOpen(key.Secrets, box[PrefixOctets..], prefix, out var secret) ? secret : throw new ContentDamagedException(What);
    }
}
