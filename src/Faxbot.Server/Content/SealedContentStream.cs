using System.Buffers;
using System.Security.Cryptography;

namespace Faxbot.Server.Content;

/// <summary>
/// Content as it was put, read forward from its sealed octets. A chunk is given out after it was proved genuine; at the end the whole is compared
/// with its name, so that one content cannot stand in for another.
/// </summary>
internal sealed class SealedContentStream : Stream
{
    private readonly Stream _source;
    private readonly string _id;
    private readonly byte[] _header;
    private readonly AesGcm _aes;
    private readonly ContentNaming _name;
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SealedHeader.ChunkOctets + SealedHeader.TagOctets);
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SealedHeader.ChunkOctets);
    private long _chunk;
    private int _position;
    private int _length;
    private bool _ended;
    private bool _disposed;

    private SealedContentStream(Stream source, string id, byte[] header, byte[] key, byte[] namingKey)
    {
        (_source, _id, _header) = (source, id, header);
        _aes = new AesGcm(key, SealedHeader.TagOctets);
        _name = new ContentNaming(namingKey);
    }

    /// <summary>Reads the header. The stream owns <paramref name="source"/>.</summary>
    /// <exception cref="ContentDamagedException">It does not begin as sealed content does.</exception>
    /// <exception cref="KeyMissingException">The ring does not have its key.</exception>
    public static async Task<SealedContentStream> OpenAsync(Stream source, string id, KeyRing ring, CancellationToken cancel)
    {
        SealedContentStream? opened = null;
        try
        {
            var header = new byte[SealedHeader.Octets];
            var read = await source.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel);
            if (!SealedHeader.TryRead(header.AsSpan(0, read), out var keyId, out var salt)) throw new ContentDamagedException(Describe(id));
            var key = ring.Find(keyId) ?? throw new KeyMissingException(Describe(id), RingKey.NameOf(keyId));
            return opened = new SealedContentStream(source, id, header, key.OfContent(salt), ring.NamingKey);
        }
        finally
        {
            if (opened is null) await source.DisposeAsync();
        }
    }

    public override bool CanRead => !_disposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty) return 0;
        while (_position == _length)
        {
            if (_ended) return 0;
            var most = SealedHeader.ChunkOctets + SealedHeader.TagOctets;
            Unseal(await _source.ReadAtLeastAsync(_sealed.AsMemory(0, most), most, throwOnEndOfStream: false, cancellationToken));
        }

        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty) return 0;
        while (_position == _length)
        {
            if (_ended) return 0;
            var most = SealedHeader.ChunkOctets + SealedHeader.TagOctets;
            Unseal(_source.ReadAtLeast(_sealed.AsSpan(0, most), most, throwOnEndOfStream: false));
        }

        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _source.Dispose();
            _aes.Dispose();
            _name.Dispose();
            ArrayPool<byte>.Shared.Return(_sealed);
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private static string Describe(string id) => $"Content {id}";

    private int Take(Span<byte> buffer)
    {
        var count = int.Min(buffer.Length, _length - _position);
        _plain.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private void Unseal(int read)
    {
        if (read < SealedHeader.TagOctets) throw new ContentDamagedException(Describe(_id));
        var length = read - SealedHeader.TagOctets;
        Span<byte> nonce = stackalloc byte[SealedHeader.NonceOctets];
        SealedHeader.WriteNonce(nonce, _chunk++, isLast: length < SealedHeader.ChunkOctets);
        try
        {
            _aes.Decrypt(nonce, _sealed.AsSpan(0, length), _sealed.AsSpan(length, SealedHeader.TagOctets), _plain.AsSpan(0, length), _header);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new ContentDamagedException(Describe(_id), e);
        }

        _name.Append(_plain.AsSpan(0, length));
        (_position, _length, _ended) = (0, length, length < SealedHeader.ChunkOctets);
        if (_ended && _name.Finish() != _id) throw new ContentDamagedException(Describe(_id));
    }
}
