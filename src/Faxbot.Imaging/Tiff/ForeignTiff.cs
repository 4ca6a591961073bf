using LibTiff = BitMiracle.LibTiff.Classic;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// Any TIFF that is not a fax: grey, colour, palettes, tiles, LZW, Deflate, JPEG and the rest of what LibTiff.NET decodes. Pages are loaded
/// one at a time, as grey on white. Faxes are read by <see cref="TiffFaxDocument"/>, bit by bit. Not thread-safe.
/// </summary>
public sealed class ForeignTiff : IDisposable
{
    private readonly Stream _stream;
    private readonly long _origin;
    private readonly List<ForeignTiffPage> _pages;
    private readonly bool _leaveOpen;

    private ForeignTiff(Stream stream, long origin, List<ForeignTiffPage> pages, bool leaveOpen)
    {
        _stream = stream;
        _origin = origin;
        _pages = pages;
        _leaveOpen = leaveOpen;
    }

    /// <summary>How many pages there are, without thumbnails and masks.</summary>
    public int PageCount => _pages.Count;

    /// <summary>Checks a file's directories. On failure the stream stays open and is the caller's.</summary>
    /// <param name="stream">Seekable; the file begins at its position.</param>
    /// <param name="document">Owns the stream unless <paramref name="leaveOpen"/>; null on failure.</param>
    /// <param name="options">Limits.</param>
    /// <param name="leaveOpen">The stream outlives the document.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The stream cannot be read. What is in it never throws.</exception>
    public static TiffError TryOpen(Stream stream, out ForeignTiff? document, ForeignTiffOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("A TIFF file is read from a stream that can seek.", nameof(stream));
        document = null;
        options ??= new ForeignTiffOptions();
        var origin = stream.Position;
        var chain = new TiffDirectoryChain(new TiffSource(stream), options.MaxPages);
        var pages = new List<ForeignTiffPage>();
        var error = chain.TryOpen();
        while (error == TiffError.None)
        {
            error = chain.TryReadNext(out var directory);
            if (error != TiffError.None || directory is null) break;
            if (!directory.IsPage) continue;
            if (pages.Count == options.MaxPages) return TiffError.TooManyPages;
            error = ForeignTiffPage.TryParse(directory, options.MaxPixels, out var page);
            if (page is not null) pages.Add(page);
        }

        if (error == TiffError.None && pages.Count == 0) error = TiffError.NoPages;
        if (error == TiffError.None) document = new ForeignTiff(stream, origin, pages, leaveOpen);
        return error;
    }

    /// <summary>
    /// Loads page <paramref name="index"/>, counted from 0, upright (the tag Orientation), colours as grey, transparency as white paper.
    /// </summary>
    /// <returns><see cref="TiffError.Undecodable"/> where any of the page's data is damaged: nothing is made up.</returns>
    public TiffError TryLoad(int index, out GreyRaster? raster)
    {
        raster = null;
        var page = _pages[index];
        var stream = new ForeignTiffStream(_stream, _origin);
        try
        {
            ForeignTiffStream.Silence();
            // The library reads the header from where the stream stands.
            _stream.Position = _origin;
            // "h": the header only, so that the page's directory is the first that is read.
            using var tiff = LibTiff.Tiff.ClientOpen(string.Empty, "rh", stream, stream);
            if (tiff is null || !tiff.SetSubDirectory(page.Offset)) return TiffError.Undecodable;
            var samples = new byte[page.Width * page.Height];
            if (!new ForeignTiffDecoder(tiff, page).TryDecode(samples) || stream.HasFailed) return TiffError.Undecodable;
            raster = Upright(page, samples);
            return TiffError.None;
        }
        // The library throws whatever its arrays and casts throw on damaged data. Only running out of memory is ours.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return TiffError.Undecodable;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }

    private static GreyRaster Upright(ForeignTiffPage page, byte[] samples)
    {
        var (width, height) = (page.Width, page.Height);
        if (page.Orientation == 1) return new GreyRaster(width, height, samples, page.DpiAcross, page.DpiDown);
        var (acrossStep, downStep, start) = Walk(page);
        if (page.IsTransposed) (width, height) = (height, width);
        var upright = new byte[samples.Length];
        for (var y = 0; y < height; y++)
        {
            var from = start + (y * downStep);
            foreach (ref var sample in upright.AsSpan(y * width, width))
            {
                sample = samples[from];
                from += acrossStep;
            }
        }

        return page.IsTransposed
            ? new GreyRaster(width, height, upright, page.DpiDown, page.DpiAcross)
            : new GreyRaster(width, height, upright, page.DpiAcross, page.DpiDown);
    }

    // TIFF 6.0, section 8, Orientation: where the file has the picture's upper left pixel, and the steps to its right and lower neighbours.
    private static (int Across, int Down, int Start) Walk(ForeignTiffPage page)
    {
        var (width, right, bottom) = (page.Width, page.Width - 1, (page.Height - 1) * page.Width);
        return page.Orientation switch
        {
            2 => (-1, width, right),
            3 => (-1, -width, bottom + right),
            4 => (1, -width, bottom),
            5 => (width, 1, 0),
            6 => (-width, 1, bottom),
            7 => (-width, -1, bottom + right),
            8 => (width, -1, right),
            _ => (1, width, 0),
        };
    }
}
