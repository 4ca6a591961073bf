using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.T30;

/// <summary>
/// Turns a page into a coarser or narrower raster, row by row. Where several source pixels fall on one, black wins: a hairline
/// may grow by a pixel but never disappears. Narrower pages keep their proportions; a page that is only odd in width is padded white.
/// </summary>
internal sealed class ScaledPageReader : IPageReader
{
    private readonly IPageReader _source;
    private readonly byte[] _sourceRow;
    private readonly double _across;
    private readonly double _down;
    private int _sourceRows;
    private int _rows;
    private bool _ended;

    public ScaledPageReader(IPageReader source, PageFormat format)
    {
        _source = source;
        Format = format;
        _sourceRow = new byte[source.Format.Stride];
        var (sourceAcross, sourceDown) = source.Format.Resolution.Dpi();
        var (across, down) = format.Resolution.Dpi();
        // Source pixels per pixel at the same size on paper; rasters within 5 % of each other are taken as equal (200 and 204 dpi).
        _across = Snap(sourceAcross / across);
        _down = Snap(sourceDown / down);
        var shrink = source.Format.Width / _across / format.Width;
        if (shrink > 1)
        {
            _across *= shrink;
            _down *= shrink;
        }
    }

    public PageFormat Format { get; }

    public bool TryReadRow(Span<byte> row)
    {
        if (_ended) return false;
        row[..Format.Stride].Clear();
        var end = (int)Math.Floor((_rows + 1) * _down + 1e-9);
        var any = false;
        // Growing (never asked for by negotiation) would repeat a row: then the last one read stands again.
        if (end <= _sourceRows && _sourceRows > 0)
        {
            Merge(row);
            any = true;
        }

        while (_sourceRows < end)
        {
            if (!_source.TryReadRow(_sourceRow))
            {
                _ended = true;
                break;
            }

            _sourceRows++;
            Merge(row);
            any = true;
        }

        if (any) _rows++;
        return any;
    }

    public void Dispose() => _source.Dispose();

    private static double Snap(double ratio)
    {
        var whole = Math.Round(ratio);
        return whole >= 1 && Math.Abs(ratio - whole) / whole < 0.05 ? whole : ratio;
    }

    private void Merge(Span<byte> row)
    {
        if (_across == 1)
        {
            for (var i = 0; i < Math.Min(Format.Stride, _sourceRow.Length); i++) row[i] |= _sourceRow[i];
            return;
        }

        for (var octet = 0; octet < _sourceRow.Length; octet++)
        {
            if (_sourceRow[octet] == 0) continue;
            for (var bit = 0; bit < 8; bit++)
            {
                if ((_sourceRow[octet] & (0x80 >> bit)) == 0) continue;
                var x = (int)((octet * 8 + bit) / _across);
                if (x < Format.Width) row[x >> 3] |= (byte)(0x80 >> (x & 7));
            }
        }
    }
}
