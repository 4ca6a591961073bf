using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Lines;

/// <summary>
/// Received pages in a TIFF-F file, coded in MMR whatever came over the line. Each page is in the file, and on the disk, before it is
/// confirmed to the far end. A file without pages is removed. Not thread-safe: one call owns it.
/// </summary>
public sealed class ReceivedTiff : IReceivedPages, IDisposable
{
    private readonly FileStream _file;
    private readonly TiffFaxWriter _writer;
    private bool _disposed;

    /// <summary>Creates the file.</summary>
    /// <exception cref="IOException">It exists or cannot be created.</exception>
    public ReceivedTiff(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        _writer = new TiffFaxWriter(_file, leaveOpen: true);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Pages kept.</summary>
    public int PageCount => _writer.PageCount;

    /// <inheritdoc/>
    public void Begin(PageFormat format) => _writer.BeginPage(format, FaxCoding.Mmr);

    /// <inheritdoc/>
    public void WriteRow(ReadOnlySpan<byte> row) => _writer.WriteRow(row);

    /// <inheritdoc/>
    public void Keep(int badRows, int longestBadRun)
    {
        _writer.EndPage(badRows, longestBadRun);
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Discard() => _writer.DiscardPage();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _writer.DiscardPage();
        _writer.Complete();
        var empty = PageCount == 0;
        _writer.Dispose();
        _file.Dispose();
        if (empty) File.Delete(Path);
    }
}
