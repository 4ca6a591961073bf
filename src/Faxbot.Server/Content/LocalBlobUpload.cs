namespace Faxbot.Server.Content;

/// <summary>A file that is being written, until it is renamed.</summary>
internal sealed class LocalBlobUpload : IBlobUpload
{
    private readonly string _folder;
    private readonly Func<string, string> _placeOf;
    private readonly string _path;
    private readonly FileStream _file;
    private bool _committed;

    /// <param name="folder">Where it lies until it is renamed.</param>
    /// <param name="placeOf">The path of the blob with a name.</param>
    public LocalBlobUpload(string folder, Func<string, string> placeOf)
    {
        (_folder, _placeOf, _path) = (folder, placeOf, Path.Combine(folder, Guid.NewGuid().ToString("N")));
        // Who reads the blob may open it before the one who wrote it is done.
        _file = DurableFiles.Create(_path, FileShare.Read | FileShare.Delete);
    }

    // The octets go to the page cache: nothing to wait for, and no thread to change.
    public ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _file.Write(octets.Span);
        return ValueTask.CompletedTask;
    }

    public Task CommitAsync(string name, CancellationToken cancel)
    {
        // The transaction in which a blob is replaced may run twice.
        if (_committed) return Task.CompletedTask;
        cancel.ThrowIfCancellationRequested();
        var place = _placeOf(name);
        // A name that is new goes to the disk with the octets, in one sync: until it is there nobody refers to it, and who puts equal content meanwhile
        // replaces it. One that is known never leads to half a file: first the octets, then the name.
        var isNew = DurableFiles.TryMoveToNew(_path, place);
        DurableFiles.SyncAndForget(_file);
        if (!isNew) File.Move(_path, place, overwrite: true);

        _committed = true;
        DurableFiles.SyncFolder(Path.GetDirectoryName(place)!);
        return Task.CompletedTask;
    }

    public async Task EnsureAsync(string name, CancellationToken cancel)
    {
        if (File.Exists(_placeOf(name))) return;
        await using var again = new LocalBlobUpload(_folder, _placeOf);
        _file.Position = 0;
        await _file.CopyToAsync(again._file, cancel);
        await again.CommitAsync(name, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_committed) File.Delete(_path);
    }
}
