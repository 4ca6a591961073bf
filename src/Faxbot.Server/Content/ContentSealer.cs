using System.Security.Cryptography;

namespace Faxbot.Server.Content;

/// <summary>Seals one content chunk by chunk. The caller gives full chunks, then one that is not full.</summary>
internal sealed class ContentSealer : IDisposable
{
    private readonly byte[] _header = new byte[SealedHeader.Octets];
    private readonly AesGcm _aes;
    private long _chunk;

    public ContentSealer(RingKey key)
    {
        var salt = RandomNumberGenerator.GetBytes(SealedHeader.SaltOctets);
        SealedHeader.Write(_header, key.Id, salt);
        _aes = new AesGcm(key.OfContent(salt), SealedHeader.TagOctets);
    }

    /// <summary>Goes before the first chunk.</summary>
    public ReadOnlyMemory<byte> Header => _header;

    /// <param name="chunk">64 KiB, or less for the last.</param>
    /// <param name="sealedChunk">Takes the chunk and its tag.</param>
    /// <returns>How much of it was written.</returns>
    public int Seal(ReadOnlySpan<byte> chunk, Span<byte> sealedChunk)
    {
        Span<byte> nonce = stackalloc byte[SealedHeader.NonceOctets];
        SealedHeader.WriteNonce(nonce, _chunk++, isLast: chunk.Length < SealedHeader.ChunkOctets);
        _aes.Encrypt(nonce, chunk, sealedChunk[..chunk.Length], sealedChunk.Slice(chunk.Length, SealedHeader.TagOctets), _header);
        return chunk.Length + SealedHeader.TagOctets;
    }

    public void Dispose() => _aes.Dispose();
}
