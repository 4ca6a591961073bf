using System.Buffers;

namespace Faxbot.Server.Content;

/// <summary>
/// What was accepted, drawn or received, sealed at rest. Content has a name that a keyed hash makes of it: equal content is stored once, and a name
/// tells nothing. One pass hashes and seals, and no more than a chunk is held. Thread-safe.
/// </summary>
internal sealed class ContentStore(IBlobStore blobs, KeyRing ring, ContentReferences references)
{
    private const int StartOctets = 4096;

    /// <summary>Stores what the stream has. When it returns, the content survives a power cut; it is kept for an hour, then as long as somebody refers to it.</summary>
    /// <exception cref="ContentTooLargeException">There is more than <paramref name="mostOctets"/>.</exception>
    /// <exception cref="StorageFullException">There is no room left.</exception>
    public async Task<StoredContent> PutAsync(Stream content, long mostOctets, CancellationToken cancel)
    {
        try
        {
            await using var staged = await StageAsync(content, mostOctets, cancel);
            await references.AddAsync(staged.Content.Id, staged.SealedWith, cancel);
            await staged.CommitAsync(cancel);
            return staged.Content;
        }
        catch (Exception e) when (e is not StorageFullException && StorageFullException.IsSaidBy(e))
        {
            throw new StorageFullException(e);
        }
    }

    /// <summary>Seals what the stream has and leaves it to the caller to commit it, with its row in a transaction of his own.</summary>
    /// <exception cref="ContentTooLargeException">There is more than <paramref name="mostOctets"/>.</exception>
    public async Task<StagedContent> StageAsync(Stream content, long mostOctets, CancellationToken cancel)
    {
        var upload = await blobs.BeginAsync(cancel);
        StagedContent? staged = null;
        try
        {
            var key = ring.Newest;
            return staged = new StagedContent(await SealAsync(content, mostOctets, key, upload, cancel), key.Name, upload);
        }
        finally
        {
            if (staged is null) await upload.DisposeAsync();
        }
    }

    /// <summary>The content as it was put, to be read forward. Reading throws <see cref="ContentDamagedException"/> where it is not the same any more.</summary>
    /// <exception cref="ContentMissingException">It is not there, or not any more.</exception>
    /// <exception cref="KeyMissingException">The key ring lacks the key that sealed it.</exception>
    public async Task<Stream> OpenAsync(string id, CancellationToken cancel)
    {
        var source = ContentId.IsValid(id) ? await blobs.OpenAsync(id, cancel) : null;
        return await SealedContentStream.OpenAsync(source ?? throw new ContentMissingException(id), id, ring, cancel);
    }

    /// <summary>A plain copy in that folder, which only this user may read, under a name of its own. The whole was proved genuine when it returns.</summary>
    public async Task<ContentCopy> CopyOutAsync(string id, string folder, CancellationToken cancel)
    {
        await using var content = await OpenAsync(id, cancel);
        var copy = new ContentCopy(Path.Combine(folder, Guid.NewGuid().ToString("N")));
        var isWhole = false;
        try
        {
            await using var file = DurableFiles.Create(copy.Path);
            await content.CopyToAsync(file, SealedHeader.ChunkOctets, cancel);
            isWhole = true;
            return copy;
        }
        finally
        {
            if (!isWhole) copy.Dispose();
        }
    }

    /// <summary>Keeps content for an hour more, before something new refers to it.</summary>
    /// <exception cref="ContentMissingException">It is not there, or not any more.</exception>
    public async Task KeepAsync(string id, CancellationToken cancel)
    {
        if (!await references.KeepAsync(id, cancel)) throw new ContentMissingException(id);
    }

    /// <summary>Deletes content that the caller needs no more. Where others still need it, it stays until they do not.</summary>
    public Task DeleteAsync(string id, CancellationToken cancel) => references.DeleteUnneededAsync(id, () => blobs.DeleteAsync(id, cancel), cancel);

    /// <summary>Seals content with the newest key, in place of what is there; false when it is gone.</summary>
    public async Task<bool> ResealAsync(string id, CancellationToken cancel)
    {
        await using var content = await OpenAsync(id, cancel);
        await using var upload = await blobs.BeginAsync(cancel);
        var key = ring.Newest;
        await SealAsync(content, long.MaxValue, key, upload, cancel);
        return await references.ReplaceAsync(id, key.Name, () => upload.CommitAsync(id, cancel), cancel);
    }

    /// <summary>Whether content can be stored; throws what stands in the way.</summary>
    public Task CheckAsync(CancellationToken cancel) => blobs.CheckAsync(cancel);

    private async Task<StoredContent> SealAsync(Stream content, long mostOctets, RingKey key, IBlobUpload upload, CancellationToken cancel)
    {
        using var sealer = new ContentSealer(key);
        using var name = new ContentNaming(ring.NamingKey);
        var plain = ArrayPool<byte>.Shared.Rent(SealedHeader.ChunkOctets);
        var sealedChunk = ArrayPool<byte>.Shared.Rent(SealedHeader.Octets + SealedHeader.ChunkOctets + SealedHeader.TagOctets);
        try
        {
            sealer.Header.CopyTo(sealedChunk);
            var before = sealer.Header.Length;
            byte[]? start = null;
            long octets = 0;
            for (var length = SealedHeader.ChunkOctets; length == SealedHeader.ChunkOctets;)
            {
                length = await content.ReadAtLeastAsync(plain.AsMemory(0, SealedHeader.ChunkOctets), SealedHeader.ChunkOctets, throwOnEndOfStream: false, cancel);
                start ??= plain[..int.Min(length, StartOctets)];
                octets += length;
                if (octets > mostOctets) throw new ContentTooLargeException(mostOctets);
                name.Append(plain.AsSpan(0, length));
                await upload.WriteAsync(sealedChunk.AsMemory(0, before + sealer.Seal(plain.AsSpan(0, length), sealedChunk.AsSpan(before))), cancel);
                before = 0;
            }

            return new StoredContent(name.Finish(), octets, start!);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(sealedChunk);
        }
    }
}
