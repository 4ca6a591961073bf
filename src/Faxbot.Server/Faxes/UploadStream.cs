using System.Security.Cryptography;
using Faxbot.Server.Api;

namespace Faxbot.Server.Faxes;

/// <summary>A part of an upload, read once: takes its digest on the way, and tells an upload that broke off from a disk that failed.</summary>
/// <param name="body">The body, at that part.</param>
/// <param name="digests">Whether <see cref="Digest"/> is wanted: it is not free.</param>
internal sealed class UploadStream(MultipartParts body, bool digests) : Stream
{
    private readonly IncrementalHash? _hash = digests ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The SHA-256 of what was read; empty where it was not wanted.</summary>
    public byte[] Digest() => _hash?.GetCurrentHash() ?? [];

    /// <exception cref="ProblemException">The upload broke off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            _hash?.AppendData(buffer.Span[..read]);
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(ProblemKind.Invalid, "The upload ends before its last boundary.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An upload is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash?.Dispose();
        base.Dispose(disposing);
    }
}
