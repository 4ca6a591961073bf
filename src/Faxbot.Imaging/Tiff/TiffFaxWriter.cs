using System.Buffers.Binary;
using System.Text;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// Writes TIFF-F (RFC 2306): little-endian, a strip a page, white is zero. Rows and coded octets go to the stream as they come; about 18 KB
/// are held, most of them the encoder.
/// A page becomes part of the file when it ends: whatever happens after that, the file is valid and has it. Not thread-safe.
/// </summary>
/// <remarks>
/// A page is begun, filled and ended. Begun with <see cref="BeginPage"/> or <see cref="BeginUncompressedPage"/> it takes rows; begun with
/// <see cref="BeginCodedPage"/> it takes octets that are coded already.
/// </remarks>
public sealed class TiffFaxWriter : IDisposable
{
    private const int FirstLinkOffset = 4;
    private const int LongestSoftware = 63;

    private readonly Stream _stream;
    private readonly TiffOutput _output;
    private readonly TiffWriteOptions _options;
    private readonly bool _leaveOpen;
    private readonly List<uint> _pageTotals = [];
    private uint _linkOffset = FirstLinkOffset;
    private TiffPageInProgress? _page;
    private bool _disposed;

    /// <summary>Begins a file at the stream's position.</summary>
    /// <param name="stream">Seekable and writable; what is behind its position is overwritten.</param>
    /// <param name="options">Defaults: as every reader takes it.</param>
    /// <param name="leaveOpen">The stream outlives the writer.</param>
    /// <exception cref="ArgumentException">The stream cannot seek or write, or the software's name is too long or not ASCII.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public TiffFaxWriter(Stream stream, TiffWriteOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanWrite)
            throw new ArgumentException("A TIFF file is written to a stream that can seek.", nameof(stream));
        _options = options ?? new TiffWriteOptions();
        if (_options.Software.Length > LongestSoftware || !Ascii.IsValid(_options.Software))
            throw new ArgumentException($"The software's name is at most {LongestSoftware} characters of ASCII.", nameof(options));
        _stream = stream;
        _leaveOpen = leaveOpen;
        _output = new TiffOutput(stream, _options.LeastSignificantFirst);
        _output.WriteStructure([(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0]);
    }

    /// <summary>Pages that the file has.</summary>
    public int PageCount => _pageTotals.Count;

    /// <summary>Begins a file at a path; a file that is there is replaced.</summary>
    /// <exception cref="IOException">It cannot be created; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static TiffFaxWriter Create(string path, TiffWriteOptions? options = null)
    {
        // The writer has its own buffer. Readable at any time: a page that has ended is there for others.
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return new TiffFaxWriter(stream, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Begins a page of rows that are coded as they come: MH and MR with EOL and without RTC, MMR with EOFB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width or the coding is out of range.</exception>
    /// <exception cref="InvalidOperationException">A page is open.</exception>
    public void BeginPage(PageFormat format, FaxCoding coding)
    {
        // T.4 4.2.1.1 has K = 2 at 3.85 lines/mm and 4 at 7.7; more would make a damaged row cost more.
        var k = format.Resolution is FaxResolution.Standard or FaxResolution.Inch200x100 ? 2 : 4;
        // RTC has no place in TIFF-F: it is a signal on the line and not part of the page.
        Begin(format, coding, new FaxEncoder(coding, format.Width, new FaxEncoderOptions { K = k, WriteRtc = false }));
    }

    /// <summary>Begins a page of rows that are stored as they are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    /// <exception cref="InvalidOperationException">A page is open.</exception>
    public void BeginUncompressedPage(PageFormat format) => Begin(format, null, null);

    /// <summary>Begins a page whose data is coded already, most significant bit first: MH and MR with EOL, aligned or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width or the coding is out of range.</exception>
    /// <exception cref="InvalidOperationException">A page is open.</exception>
    public void BeginCodedPage(PageFormat format, FaxCoding coding)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)coding, (uint)FaxCoding.Mmr, nameof(coding));
        Begin(format, coding, null);
    }

    /// <summary>Writes the next row.</summary>
    /// <param name="row">At least <c>Format.Stride</c> octets, 1 = black, most significant bit first; bits right of the width do not
    /// count.</param>
    /// <exception cref="ArgumentException">The span is shorter than a row.</exception>
    /// <exception cref="InvalidOperationException">No page of rows is open.</exception>
    /// <exception cref="IOException">The stream cannot be written, or the file would exceed 4 GiB.</exception>
    public void WriteRow(ReadOnlySpan<byte> row)
    {
        var page = Page(takesRows: true);
        var (width, stride) = (page.Format.Width, page.Format.Stride);
        if (row.Length < stride) throw new ArgumentException($"A row of {width} pixels has {stride} octets.", nameof(row));
        if (page.Encoder is { } encoder)
        {
            _output.Advance(encoder.EncodeRow(row, _output.Reserve(encoder.MaxRowOctets)));
        }
        else
        {
            _output.WriteData(row[..(stride - 1)]);
            _output.WriteData([(byte)(row[stride - 1] & (0xFF << (-width & 7)))]);
        }

        page.Rows++;
    }

    /// <summary>Writes the next octets of a page begun with <see cref="BeginCodedPage"/>.</summary>
    /// <exception cref="InvalidOperationException">No such page is open.</exception>
    /// <exception cref="IOException">The stream cannot be written, or the file would exceed 4 GiB.</exception>
    public void WriteCoded(ReadOnlySpan<byte> octets)
    {
        Page(takesRows: false);
        _output.WriteData(octets);
    }

    /// <summary>Ends a page of rows and adds it to the file.</summary>
    /// <param name="badRows">How many rows were damaged on their way here and stand replaced (BadFaxLines, CleanFaxData 1).</param>
    /// <param name="longestBadRun">The longest sequence of such rows.</param>
    /// <returns>False when the page has no row: TIFF has no empty pages, so the file stays as it was.</returns>
    /// <exception cref="InvalidOperationException">No page of rows is open.</exception>
    /// <exception cref="IOException">The stream cannot be written, or the file would exceed 4 GiB.</exception>
    public bool EndPage(int badRows = 0, int longestBadRun = 0)
    {
        var page = Page(takesRows: true);
        if (page.Encoder is { } encoder) _output.Advance(encoder.Finish(_output.Reserve(encoder.MaxRowOctets)));
        return End(page, badRows, longestBadRun);
    }

    /// <summary>Ends a page of coded data and adds it to the file.</summary>
    /// <param name="rows">Rows that a decoder makes of the data.</param>
    /// <param name="badRows">How many of them are damaged and stand there as they came (BadFaxLines, CleanFaxData 2).</param>
    /// <param name="longestBadRun">The longest sequence of such rows.</param>
    /// <returns>False when the page has no row or no octet: the file stays as it was.</returns>
    /// <exception cref="InvalidOperationException">No page of coded data is open.</exception>
    /// <exception cref="IOException">The stream cannot be written, or the file would exceed 4 GiB.</exception>
    public bool EndCodedPage(int rows, int badRows = 0, int longestBadRun = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var page = Page(takesRows: false);
        page.Rows = rows;
        return End(page, badRows, longestBadRun);
    }

    /// <summary>Forgets the page that is open, if any: the file stays as it was before it began.</summary>
    /// <exception cref="IOException">The stream cannot be cut.</exception>
    public void DiscardPage()
    {
        if (_page is not { } page) return;
        _page = null;
        _output.Truncate(page.Start);
    }

    /// <summary>Tells each page how many there are (PageNumber), which only the end shows. The file is valid without it.</summary>
    /// <exception cref="InvalidOperationException">A page is open.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Complete()
    {
        if (_page is not null) throw new InvalidOperationException("A page is open: end or discard it.");
        Span<byte> total = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(total, (ushort)Math.Min(PageCount, ushort.MaxValue));
        foreach (var offset in _pageTotals) _output.Patch(offset, total);
        _output.Flush();
    }

    /// <summary>Closes the stream unless it was to be left open. A page that is open is discarded.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            DiscardPage();
        }
        finally
        {
            if (!_leaveOpen) _stream.Dispose();
        }
    }

    private void Begin(PageFormat format, FaxCoding? coding, FaxEncoder? encoder)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_page is not null) throw new InvalidOperationException("A page is open: end or discard it.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(format.Width, nameof(format));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format.Width, ushort.MaxValue, nameof(format));
        _page = new TiffPageInProgress(format, coding, encoder, _output.Length);
    }

    private TiffPageInProgress Page(bool takesRows)
    {
        if (_page is not { } page || page.TakesRows != takesRows)
            throw new InvalidOperationException(takesRows ? "No page of rows is open." : "No page of coded data is open.");
        return page;
    }

    private bool End(TiffPageInProgress page, int badRows, int longestBadRun)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(badRows);
        ArgumentOutOfRangeException.ThrowIfNegative(longestBadRun);
        page.Length = (uint)(_output.Length - page.Start);
        if (page.Rows == 0 || page.Length == 0)
        {
            DiscardPage();
            return false;
        }

        page.BadRows = Math.Min(badRows, page.Rows);
        page.LongestBadRun = Math.Min(longestBadRun, page.BadRows);
        // TIFF 6.0, section 2: directories begin on word boundaries.
        if ((_output.Length & 1) != 0) _output.WriteData([0]);
        WriteDirectory(page);
        return true;
    }

    private void WriteDirectory(TiffPageInProgress page)
    {
        Span<byte> octets = stackalloc byte[TiffDirectoryBuilder.MaxSize];
        var offset = (uint)_output.Length;
        var size = TiffFaxDirectory.Write(octets, offset, page, PageCount, _options, out var linkOffset, out var totalOffset);
        // The page is there as a whole before anything refers to it.
        _output.WriteStructure(octets[..size]);
        Span<byte> link = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(link, offset);
        _output.Patch(_linkOffset, link);
        _linkOffset = linkOffset;
        _pageTotals.Add(totalOffset);
        _page = null;
        _output.Flush();
    }
}
