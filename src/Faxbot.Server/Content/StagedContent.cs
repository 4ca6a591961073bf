namespace Faxbot.Server.Content;

/// <summary>
/// Content that is sealed and has no name yet. Who commits it writes its row (<see cref="ContentReferences.Add"/>) with the row that refers to it, and
/// then ensures that it is there. Disposed before, nothing of it remains.
/// </summary>
internal sealed class StagedContent(StoredContent content, string sealedWith, IBlobUpload upload) : IAsyncDisposable
{
    public StoredContent Content => content;

    /// <summary>The name of the key.</summary>
    public string SealedWith => sealedWith;

    /// <summary>Stores it. When this returns, it survives a power cut.</summary>
    public Task CommitAsync(CancellationToken cancel) => upload.CommitAsync(content.Id, cancel);

    /// <summary>
    /// To be called when the row is committed, before anybody is told: equal content of long ago may have been deleted just before the row was
    /// there, and this under the same name. From the row on nobody deletes it.
    /// </summary>
    public Task EnsureAsync(CancellationToken cancel) => upload.EnsureAsync(content.Id, cancel);

    public ValueTask DisposeAsync() => upload.DisposeAsync();
}
