using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>Turns the directories of one file into fax pages, and keeps account of what the pages cost together.</summary>
internal sealed class TiffFaxPageParser(TiffSource source, TiffReadOptions options)
{
    // All strips are looked at once when the file is opened: bounds the time of that.
    private const int MaxStrips = 1 << 20;
    private const double CentimetresPerInch = 2.54;

    private long _strips;
    private long _pixels;

    /// <summary>Parses one page.</summary>
    public TiffError TryParse(TiffDirectory directory, out TiffFaxPage? page)
    {
        page = null;
        var width = directory.Value(TiffTag.ImageWidth, 0);
        var rows = directory.Value(TiffTag.ImageLength, 0);
        if (width == 0 || rows == 0 || width > Math.Min(options.MaxWidth, 65_535) || rows > options.MaxRows) return TiffError.BadDimension;
        _pixels += (long)width * rows;
        if (_pixels > options.MaxPixels) return TiffError.TooLarge;
        var error = TryParseKind(directory, out var compression, out var coding);
        if (error != TiffError.None) return error;
        if (!TryParseFormat(directory, (int)width, out var format)) return TiffError.NotFaxRaster;
        if (!directory.TryGet(TiffTag.StripOffsets, out var offsets)) return TiffError.BadStrip;
        var parsed = new TiffFaxPage
        {
            Format = format,
            Rows = (int)rows,
            Compression = compression,
            Coding = coding,
            BadFaxLines = (int)Math.Min(directory.Value(TiffTag.BadFaxLines, 0), rows),
            BlackIsZero = directory.Value(TiffTag.PhotometricInterpretation, 0) == 1,
            LeastSignificantFirst = directory.Value(TiffTag.FillOrder, 1) == 2,
            RowsPerStrip = RowsPerStrip(directory, offsets, rows),
            StripOffsets = offsets,
            StripByteCounts = directory.TryGet(TiffTag.StripByteCounts, out var counts) ? counts : null,
        };
        error = CheckStrips(parsed);
        if (error == TiffError.None) page = parsed;
        return error;
    }

    private static TiffError TryParseKind(TiffDirectory directory, out TiffCompression compression, out FaxCoding? coding)
    {
        compression = (TiffCompression)directory.Value(TiffTag.Compression, 1);
        coding = compression switch
        {
            TiffCompression.CcittRle => FaxCoding.Mh,
            TiffCompression.Group3 => (directory.Value(TiffTag.T4Options, 0) & 1) == 0 ? FaxCoding.Mh : FaxCoding.Mr,
            TiffCompression.Group4 => FaxCoding.Mmr,
            _ => null,
        };
        if (directory.Value(TiffTag.SamplesPerPixel, 1) != 1
            || directory.Value(TiffTag.BitsPerSample, 1) != 1
            || directory.Value(TiffTag.PhotometricInterpretation, 0) > 1) return TiffError.NotBilevel;
        if (coding is null && compression != TiffCompression.None) return TiffError.UnsupportedCompression;
        if (directory.Has(TiffTag.TileWidth) || directory.Has(TiffTag.TileOffsets)) return TiffError.UnsupportedLayout;
        // Some writers leave 0 there, which TIFF 6.0 does not know.
        return directory.Value(TiffTag.Orientation, 1) > 1 ? TiffError.UnsupportedLayout : TiffError.None;
    }

    private bool TryParseFormat(TiffDirectory directory, int width, out PageFormat format)
    {
        format = default;
        if (!directory.TryGet(TiffTag.XResolution, out var across) || !directory.TryGet(TiffTag.YResolution, out var down)) return false;
        if (!across.TryReadFraction(source, out var x) || !down.TryReadFraction(source, out var y)) return false;
        // 2 is inch, 3 centimetre; 1, no unit, stands in fax files whose numbers are per inch.
        var perInch = directory.Value(TiffTag.ResolutionUnit, 2) == 3 ? CentimetresPerInch : 1;
        if (!FaxRaster.TryMatch(x * perInch, y * perInch, out var resolution)) return false;
        format = new PageFormat(width, resolution);
        return options.AnyWidth || FaxRaster.IsFaxWidth(format);
    }

    private static int RowsPerStrip(TiffDirectory directory, TiffField offsets, uint rows)
    {
        // Absent or 2^32 - 1 is the whole page (TIFF 6.0, section 8); a page with a single strip has all its rows in it, whatever it says.
        var declared = directory.Value(TiffTag.RowsPerStrip, uint.MaxValue);
        return (int)(declared == 0 || declared > rows || offsets.Count == 1 ? rows : declared);
    }

    private TiffError CheckStrips(TiffFaxPage page)
    {
        _strips += page.StripCount;
        if (_strips > MaxStrips) return TiffError.BadStrip;
        var table = new TiffStripTable(source, page);
        for (var strip = 0; strip < page.StripCount; strip++)
        {
            var error = table.TryGet(strip, out _, out var length);
            if (error != TiffError.None) return error;
            if (page.Coding is null && length < (long)page.Format.Stride * page.RowsInStrip(strip)) return TiffError.BadStrip;
        }

        return TiffError.None;
    }
}
