namespace Faxbot.Server.Content;

/// <summary>
/// Where sealed content lies: a local folder, or an object store. Names are hexadecimal digits that the gateway makes. Thread-safe.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Begins a blob that nobody sees before it is committed.</summary>
    Task<IBlobUpload> BeginAsync(CancellationToken cancel);

    /// <summary>The octets from the first; null when there is no such blob. One that is replaced or deleted meanwhile is read to its end.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancel);

    /// <summary>Deletes a blob; one that is not there is deleted already.</summary>
    Task DeleteAsync(string name, CancellationToken cancel);

    /// <summary>The blobs whose names begin so, in no order.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>Removes what uploads left behind that began before then and were never committed.</summary>
    Task DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancel);

    /// <summary>Whether blobs can be written; throws what stands in the way.</summary>
    Task CheckAsync(CancellationToken cancel);
}

/// <summary>A blob being written. Disposed without a commit, nothing of it remains.</summary>
internal interface IBlobUpload : IAsyncDisposable
{
    ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancel);

    /// <summary>Gives the blob its name, in place of one that had it. When this returns, it survives a power cut.</summary>
    Task CommitAsync(string name, CancellationToken cancel);

    /// <summary>Commits what was committed again if there is no blob of that name any more.</summary>
    Task EnsureAsync(string name, CancellationToken cancel);
}

/// <summary>A blob that is there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WrittenAt">When it was last written.</param>
internal sealed record BlobEntry(string Name, DateTimeOffset WrittenAt);
