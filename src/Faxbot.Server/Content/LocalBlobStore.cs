using System.Runtime.CompilerServices;

namespace Faxbot.Server.Content;

/// <summary>
/// Blobs as files of one folder: <c>a/b/abcd...</c>, 256 folders in two levels that are made once, so that a new blob costs one sync of its file and one
/// of its folder. What is being written lies in <c>uploads</c>. Several gateways may share the folder.
/// </summary>
internal sealed class LocalBlobStore : IBlobStore
{
    private const string Digits = "0123456789abcdef";
    private const string Uploads = "uploads";
    private readonly string _root;

    /// <param name="root">The folder; it is created when it is not there.</param>
    public LocalBlobStore(string root)
    {
        _root = Path.GetFullPath(root);
        DurableFiles.CreateFolder(_root);
        DurableFiles.CreateFolder(Path.Combine(_root, Uploads));
        foreach (var first in Digits)
        {
            var folder = Path.Combine(_root, first.ToString());
            DurableFiles.CreateFolder(folder);
            foreach (var second in Digits) DurableFiles.CreateFolder(Path.Combine(folder, second.ToString()));
        }
    }

    public Task<IBlobUpload> BeginAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IBlobUpload>(new LocalBlobUpload(Path.Combine(_root, Uploads), PathOf));
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            // Whole chunks are read: a buffer in between would only be copied through.
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var first in Digits.Where(digit => prefix.Length < 1 || prefix[0] == digit))
        {
            foreach (var second in Digits.Where(digit => prefix.Length < 2 || prefix[1] == digit))
            {
                foreach (var file in new DirectoryInfo(Path.Combine(_root, first.ToString(), second.ToString())).EnumerateFiles(prefix + "*"))
                {
                    cancel.ThrowIfCancellationRequested();
                    yield return new BlobEntry(file.Name, file.LastWriteTimeUtc);
                }

                await Task.Yield();
            }
        }
    }

    public Task DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancel)
    {
        foreach (var file in new DirectoryInfo(Path.Combine(_root, Uploads)).EnumerateFiles())
        {
            cancel.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before && !IsOpen(file.FullName)) file.Delete();
        }

        return Task.CompletedTask;
    }

    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var upload = await BeginAsync(cancel);
        await upload.WriteAsync(new byte[1], cancel);
    }

    private string PathOf(string name)
    {
        if (!ContentId.IsValid(name)) throw new ArgumentException("A blob's name is made of hexadecimal digits.", nameof(name));
        return Path.Combine(_root, name[..1], name[1..2], name);
    }

    // The clock may have jumped: what is being written is never old.
    private static bool IsOpen(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
