using Faxbot.Server.Content;

namespace Faxbot.Server.Tests.Content;

/// <summary>Blobs that lie in a folder; before each step a test may fail it, or wait.</summary>
internal sealed class ScriptedBlobStore(IBlobStore blobs) : IBlobStore
{
    public Func<Task>? BeforeWrite { get; set; }

    public Func<Task>? BeforeCommit { get; set; }

    public Func<string, Task>? BeforeDelete { get; set; }

    public async Task<IBlobUpload> BeginAsync(CancellationToken cancel) => new Upload(await blobs.BeginAsync(cancel), this);

    public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => blobs.OpenAsync(name, cancel);

    public async Task DeleteAsync(string name, CancellationToken cancel)
    {
        if (BeforeDelete is not null) await BeforeDelete(name);
        await blobs.DeleteAsync(name, cancel);
    }

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => blobs.ListAsync(prefix, cancel);

    public Task DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancel) => blobs.DeleteAbandonedAsync(before, cancel);

    public Task CheckAsync(CancellationToken cancel) => blobs.CheckAsync(cancel);

    private sealed class Upload(IBlobUpload upload, ScriptedBlobStore script) : IBlobUpload
    {
        public async ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancel)
        {
            if (script.BeforeWrite is not null) await script.BeforeWrite();
            await upload.WriteAsync(octets, cancel);
        }

        public async Task CommitAsync(string name, CancellationToken cancel)
        {
            if (script.BeforeCommit is not null) await script.BeforeCommit();
            await upload.CommitAsync(name, cancel);
        }

        public Task EnsureAsync(string name, CancellationToken cancel) => upload.EnsureAsync(name, cancel);

        public ValueTask DisposeAsync() => upload.DisposeAsync();
    }
}
