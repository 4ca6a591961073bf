using System.Security.Cryptography;

namespace Faxbot.Server.Content;

/// <summary>
/// Makes the name of one content, chunk by chunk as it is sealed: HMAC-SHA-256 of a keyed universal hash of each chunk (GHASH as GMAC has it, NIST SP 800-38D),
/// a fifth of the work of hashing every octet with SHA-256. A universal hash under a pseudorandom function is one itself (Wegman and Carter, 1981; Shoup,
/// 1996): without the key nobody finds two contents with one name, and a name tells nothing.
/// </summary>
/// <remarks>The nonces of the tags count the chunks of each content anew. That is safe as long as nobody sees a tag: they leave this class only through HMAC.</remarks>
internal sealed class ContentNaming : IDisposable
{
    private readonly AesGcm _ofChunk;
    private readonly IncrementalHash _ofAll;
    private long _chunk;

    /// <param name="key">The key ring's key for names.</param>
    public ContentNaming(byte[] key)
    {
        _ofChunk = new AesGcm(HKDF.Expand(HashAlgorithmName.SHA256, key, RingKey.Octets, "faxbot chunks"u8.ToArray()), SealedHeader.TagOctets);
        _ofAll = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    }

    /// <summary>Takes the next chunk: 64 KiB, or less for the last.</summary>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[SealedHeader.NonceOctets];
        Span<byte> tag = stackalloc byte[SealedHeader.TagOctets];
        SealedHeader.WriteNonce(nonce, _chunk++, isLast: chunk.Length < SealedHeader.ChunkOctets);
        _ofChunk.Encrypt(nonce, [], [], tag, chunk);
        _ofAll.AppendData(tag);
    }

    /// <summary>The name of what was taken.</summary>
    public string Finish() => ContentId.Of(_ofAll.GetHashAndReset());

    public void Dispose()
    {
        _ofChunk.Dispose();
        _ofAll.Dispose();
    }
}
