using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Faxbot.Server.Content;

/// <summary>
/// How sealed content begins, and how its chunks are numbered. After the header come chunks of 64 KiB, each with its tag; the last one is shorter,
/// perhaps empty. A chunk's nonce is its number and whether it is the last, under a key of this content alone, and the header is bound to each:
/// so no chunk can be changed, moved, left out, or come from elsewhere (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
/// </summary>
internal static class SealedHeader
{
    public const int ChunkOctets = 64 * 1024;
    public const int TagOctets = 16;
    public const int NonceOctets = 12;
    public const int SaltOctets = 32;
    public const int Octets = 4 + RingKey.IdOctets + SaltOctets;

    // The fourth octet is the version.
    private static ReadOnlySpan<byte> Magic => [(byte)'F', (byte)'X', (byte)'C', 2];

    public static void Write(Span<byte> header, ulong keyId, ReadOnlySpan<byte> salt)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt64BigEndian(header[Magic.Length..], keyId);
        salt.CopyTo(header[(Magic.Length + RingKey.IdOctets)..]);
    }

    public static bool TryRead(ReadOnlySpan<byte> header, out ulong keyId, [NotNullWhen(true)] out byte[]? salt)
    {
        (keyId, salt) = (0, null);
        if (header.Length != Octets || !header.StartsWith(Magic)) return false;
        keyId = BinaryPrimitives.ReadUInt64BigEndian(header[Magic.Length..]);
        salt = header[(Magic.Length + RingKey.IdOctets)..].ToArray();
        return true;
    }

    public static void WriteNonce(Span<byte> nonce, long chunk, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
