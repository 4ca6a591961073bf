using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// A TIFF-F file (RFC 2306 and RFC 3949, profiles S and F): black-and-white pages of fax widths and resolutions, uncompressed, MH, MR or
/// MMR, in either byte order and fill order, in one strip or several. Pages are read row by row and never held.
/// Not thread-safe: readers share the stream's position and may take turns on one thread.
/// </summary>
public sealed class TiffFaxDocument : IFaxDocument
{
    private readonly Stream _stream;
    private readonly TiffSource _source;
    private readonly List<TiffFaxPage> _pages;
    private readonly bool _leaveOpen;

    private TiffFaxDocument(Stream stream, TiffSource source, List<TiffFaxPage> pages, bool leaveOpen)
    {
        _stream = stream;
        _source = source;
        _pages = pages;
        _leaveOpen = leaveOpen;
    }

    /// <summary>The pages as the file describes them; thumbnails and masks are left out.</summary>
    public IReadOnlyList<TiffFaxPage> Pages => _pages;

    /// <inheritdoc />
    public int PageCount => _pages.Count;

    /// <summary>Reads the directories of a file. On failure the stream stays open and is the caller's.</summary>
    /// <param name="stream">Seekable; the file begins at its position.</param>
    /// <param name="document">Owns the stream unless <paramref name="leaveOpen"/>; null on failure.</param>
    /// <param name="options">Limits; the defaults suit faxes of up to a thousand pages.</param>
    /// <param name="leaveOpen">The stream outlives the document.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The stream cannot be read. What is in it never throws.</exception>
    public static TiffError TryOpen(Stream stream, out TiffFaxDocument? document, TiffReadOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("A TIFF file is read from a stream that can seek.", nameof(stream));
        document = null;
        options ??= new TiffReadOptions();
        var source = new TiffSource(stream);
        var error = TryReadPages(source, options, out var pages);
        if (error == TiffError.None) document = new TiffFaxDocument(stream, source, pages, leaveOpen);
        return error;
    }

    /// <summary>Opens a file by its path.</summary>
    /// <exception cref="IOException">It is missing or cannot be read; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static TiffError TryOpen(string path, out TiffFaxDocument? document, TiffReadOptions? options = null)
    {
        document = null;
        // Readers have their own buffers: a second one below them would only cost memory.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return stream.CanSeek ? TryOpen(stream, out document, options) : TiffError.NotTiff;
        }
        finally
        {
            if (document is null) stream.Dispose();
        }
    }

    /// <summary>Page <paramref name="index"/>, counted from 0, from its first row.</summary>
    public TiffPageReader OpenPage(int index) => new(_source, _pages[index]);

    /// <inheritdoc />
    IPageReader IFaxDocument.OpenPage(int index) => OpenPage(index);

    /// <summary>The coded octets of a page, where one strip holds it whole and black is black.</summary>
    /// <returns>False for an uncompressed page, one in several strips, and one with PhotometricInterpretation 1.</returns>
    public bool TryOpenCoded(int index, out TiffCodedPage? page)
    {
        page = null;
        var source = _pages[index];
        if (source.Coding is null || source.StripCount != 1 || source.BlackIsZero) return false;
        if (new TiffStripTable(_source, source).TryGet(0, out var offset, out var length) != TiffError.None) return false;
        Span<byte> start = stackalloc byte[64];
        var peeked = start[..Octets().Read(start)];
        page = new TiffCodedPage(source, Octets(), source.Compression == TiffCompression.Group3 && TiffStripReader.StartsWithEol(peeked));
        return true;

        TiffOctets Octets() => new(_source, offset, length, source.LeastSignificantFirst);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }

    private static TiffError TryReadPages(TiffSource source, TiffReadOptions options, out List<TiffFaxPage> pages)
    {
        pages = [];
        var chain = new TiffDirectoryChain(source, options.MaxPages);
        var parser = new TiffFaxPageParser(source, options);
        var error = chain.TryOpen();
        while (error == TiffError.None)
        {
            error = chain.TryReadNext(out var directory);
            if (error != TiffError.None || directory is null) break;
            if (!directory.IsPage) continue;
            if (pages.Count == options.MaxPages) return TiffError.TooManyPages;
            error = parser.TryParse(directory, out var page);
            if (page is not null) pages.Add(page);
        }

        if (error != TiffError.None) return error;
        return pages.Count == 0 ? TiffError.NoPages : TiffError.None;
    }
}
