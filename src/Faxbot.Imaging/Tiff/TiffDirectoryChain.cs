namespace Faxbot.Imaging.Tiff;

/// <summary>The chain of a file's directories, with a guard against loops.</summary>
internal sealed class TiffDirectoryChain(TiffSource source, int maxPages)
{
    // Thumbnails and masks take part in the chain; that many a page are enough.
    private const int DirectoriesPerPage = 2;

    private readonly HashSet<uint> _visited = [];
    private uint _next;

    /// <summary>Reads the header.</summary>
    public TiffError TryOpen() => source.TryReadHeader(out _next);

    /// <summary>Reads the next directory; null after the last one.</summary>
    public TiffError TryReadNext(out TiffDirectory? directory)
    {
        directory = null;
        if (_next == 0) return TiffError.None;
        if (!_visited.Add(_next)) return TiffError.LoopInPages;
        if (_visited.Count > (long)maxPages * DirectoriesPerPage) return TiffError.TooManyPages;
        var error = TiffDirectory.TryRead(source, _next, out directory);
        if (directory is not null) _next = directory.Next;
        return error;
    }
}
