namespace Faxbot.Server.Content;

/// <summary>A file that is being written, until it is renamed.</summary>
internal sealed class LocalBlobUpload(string path, Func<string, string> placeOf) : IBlobUpload
{
    private readonly FileStream _file = DurableFiles.Create(path);
    private bool _committed;
    private bool _isSynced;

    // The octets go to the page cache: nothing to wait for, and no thread to change.
    public ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _file.Write(octets.Span);
        return ValueTask.CompletedTask;
    }

    public Task SyncAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _file.Flush(flushToDisk: true);
        _isSynced = true;
        return Task.CompletedTask;
    }

    public Task CommitAsync(string name, CancellationToken cancel)
    {
        // The transaction in which a blob is replaced may run twice.
        if (_committed) return Task.CompletedTask;
        cancel.ThrowIfCancellationRequested();
        var place = placeOf(name);
        // First the octets, then the name, then that the name is there: a name never leads to half a file.
        if (!_isSynced) _file.Flush(flushToDisk: true);
        _file.Close();
        File.Move(path, place, overwrite: true);
        _committed = true;
        DurableFiles.SyncFolder(Path.GetDirectoryName(place)!);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_committed) File.Delete(path);
    }
}
