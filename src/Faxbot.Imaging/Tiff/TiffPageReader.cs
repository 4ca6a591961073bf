using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tiff;

/// <summary>
/// The rows of one page of a <see cref="TiffFaxDocument"/>, a few KB of the file in memory at a time. Damaged rows are replaced and
/// counted. Several readers of one document may take turns on one thread.
/// </summary>
public sealed class TiffPageReader : IPageReader
{
    private const int ChunkSize = 4096;

    private readonly TiffSource _source;
    private readonly TiffFaxPage _page;
    private readonly TiffStripTable _strips;
    private readonly byte[] _chunk;
    private readonly byte _lastOctetMask;
    private TiffStripReader? _strip;
    private int _stripIndex = -1;
    private int _rowsLeftInStrip;
    private int _badRun;
    private bool _ended;

    internal TiffPageReader(TiffSource source, TiffFaxPage page)
    {
        _source = source;
        _page = page;
        _strips = new TiffStripTable(source, page);
        _chunk = page.Coding is null ? [] : new byte[ChunkSize];
        _lastOctetMask = (byte)(0xFF << (-page.Format.Width & 7));
    }

    /// <inheritdoc />
    public PageFormat Format => _page.Format;

    /// <summary>Rows read so far.</summary>
    public int RowsRead { get; private set; }

    /// <summary>
    /// Rows read so far that were damaged: the last good row, or white where nothing is left of a strip, stands in their place.
    /// </summary>
    public int BadRows { get; private set; }

    /// <summary>The longest sequence of damaged rows so far.</summary>
    public int LongestBadRun { get; private set; }

    /// <summary>After the last row: how many more the file promises than its data holds. They are not made up.</summary>
    public int MissingRows => _ended ? _page.Rows - RowsRead : 0;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The span is shorter than a row.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool TryReadRow(Span<byte> row)
    {
        if (row.Length < Format.Stride)
            throw new ArgumentException($"A row of {Format.Width} pixels has {Format.Stride} octets.", nameof(row));
        row = row[..Format.Stride];
        if (_ended || RowsRead == _page.Rows)
        {
            _ended = true;
            return false;
        }

        if (_rowsLeftInStrip == 0) OpenNextStrip();
        var status = _strip?.TryReadRow(row) ?? RowStatus.EndOfPage;
        if (status == RowStatus.EndOfPage && _stripIndex == _page.StripCount - 1)
        {
            _ended = true;
            return false;
        }

        Take(row, status);
        return true;
    }

    /// <summary>Nothing to do: the document owns the file.</summary>
    public void Dispose() => _ended = true;

    private void OpenNextStrip()
    {
        _stripIndex++;
        _rowsLeftInStrip = _page.RowsInStrip(_stripIndex);
        _strip = _strips.TryGet(_stripIndex, out var offset, out var length) == TiffError.None
            ? new TiffStripReader(_page, _rowsLeftInStrip, new TiffOctets(_source, offset, length, _page.LeastSignificantFirst), _chunk)
            : null;
    }

    private void Take(Span<byte> row, RowStatus status)
    {
        if (status == RowStatus.EndOfPage)
        {
            // The strip is shorter than it should be: white keeps the strips after it where they belong.
            row.Clear();
        }
        else
        {
            if (_page.BlackIsZero) Invert(row);
            row[^1] &= _lastOctetMask;
        }

        _badRun = status == RowStatus.Row ? 0 : _badRun + 1;
        if (_badRun > 0) BadRows++;
        LongestBadRun = Math.Max(LongestBadRun, _badRun);
        RowsRead++;
        _rowsLeftInStrip--;
    }

    private static void Invert(Span<byte> row)
    {
        foreach (ref var octet in row) octet = (byte)~octet;
    }
}
