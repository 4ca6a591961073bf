using Faxbot.Documents.Grey;
using Faxbot.Documents.Images;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Documents.Tiff;

/// <summary>The pages of a TIFF. One that is a fax already keeps each bit where its raster is the one asked for; all else is drawn anew.</summary>
internal sealed class TiffPageSource : IPageSource
{
    private const int MostWarnings = 3;

    private readonly string _name;
    private readonly RenderOptions _options;
    private readonly TiffFaxDocument? _fax;
    private readonly ForeignTiff? _foreign;
    private readonly PictureLayout _layout;
    private readonly List<string> _warnings = [];

    /// <summary>Opens a file.</summary>
    public TiffPageSource(string name, Stream content, RenderOptions options, int pagesLeft)
    {
        (_name, _options, _layout) = (name, options, new PictureLayout(options));
        var error = TiffFaxDocument.TryOpen(content, out _fax, new TiffReadOptions { MaxPages = pagesLeft }, leaveOpen: true);
        if (error.IsForeign())
        {
            content.Position = 0;
            error = ForeignTiff.TryOpen(
                content, out _foreign, new ForeignTiffOptions { MaxPages = pagesLeft, MaxPixels = (int)Math.Min(int.MaxValue, options.Limits.ImagePixels) }, leaveOpen: true);
        }

        if (error != TiffError.None) throw Failure(error, 0);
    }

    /// <inheritdoc />
    public int PageCount => _fax?.PageCount ?? _foreign!.PageCount;

    /// <inheritdoc />
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc />
    public SourcePage Draw(int index, int reserved, CancellationToken cancel)
    {
        if (_fax is null) return DrawForeign(index, reserved);
        var page = _fax.Pages[index];
        var bitmap = Read(index);
        if (reserved == 0 && IsSameRaster(page.Format, _options.Format)) return new SourcePage(bitmap);
        var (across, down) = page.Format.Resolution.Dpi();
        using var picture = new Picture(ToGrey(bitmap), across, down);
        return _layout.Draw(picture, reserved);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _fax?.Dispose();
        _foreign?.Dispose();
    }

    // 200 dpi and 8 pixels/mm are one raster to all terminals but the newest: 2 % apart, and redrawing would cost more than that.
    private static bool IsSameRaster(PageFormat page, PageFormat wanted) => page.Width == wanted.Width && Metric(page.Resolution) == Metric(wanted.Resolution);

    private static FaxResolution Metric(FaxResolution resolution) => resolution switch
    {
        FaxResolution.Inch200x100 => FaxResolution.Standard,
        FaxResolution.Inch200 => FaxResolution.Fine,
        FaxResolution.Inch200x400 => FaxResolution.Superfine,
        FaxResolution.Inch400 => FaxResolution.R16,
        _ => resolution,
    };

    private SourcePage DrawForeign(int index, int reserved)
    {
        var error = _foreign!.TryLoad(index, out var raster);
        if (raster is null) throw Failure(error, index + 1);
        using var picture = new Picture(new GreyPage(raster.Width, raster.Height), raster.DpiAcross, raster.DpiDown);
        for (var y = 0; y < raster.Height; y++) raster.Samples.Span.Slice(y * raster.Width, raster.Width).CopyTo(picture.Pixels.Row(y));
        return _layout.Draw(picture, reserved);
    }

    private PageBitmap Read(int index)
    {
        using var reader = _fax!.OpenPage(index);
        var (format, rows) = (reader.Format, _fax.Pages[index].Rows);
        if ((long)format.Width * rows > _options.Limits.ImagePixels) throw Failure(TiffError.TooLarge, index + 1);
        var bitmap = new PageBitmap(format.Width, rows);
        while (reader.RowsRead < rows && reader.TryReadRow(bitmap.Row(reader.RowsRead)))
        {
            // Row after row.
        }

        if (reader.RowsRead == 0) throw Failure(TiffError.Undecodable, index + 1);
        if (reader.BadRows > 0) Warn($"Page {index + 1} of {_name} has {reader.BadRows} damaged lines, in whose place the lines above them stand.");
        if (reader.RowsRead == rows) return bitmap;
        Warn($"Page {index + 1} of {_name} ends after {reader.RowsRead} of {rows} lines.");
        var shorter = new PageBitmap(format.Width, reader.RowsRead);
        bitmap.Rows[..shorter.Rows.Length].CopyTo(shorter.Rows);
        return shorter;
    }

    private void Warn(string warning)
    {
        if (_warnings.Count < MostWarnings && !_warnings.Contains(warning)) _warnings.Add(warning);
    }

    private static GreyPage ToGrey(PageBitmap bitmap)
    {
        var grey = new GreyPage(bitmap.Width, bitmap.Height);
        for (var y = 0; y < bitmap.Height; y++)
        {
            var from = bitmap.Row(y);
            var to = grey.Row(y);
            for (var x = 0; x < to.Length; x++)
            {
                if ((from[x >> 3] & (0x80 >> (x & 7))) != 0) to[x] = 0;
            }
        }

        return grey;
    }

    private DocumentException Failure(TiffError error, int page) => new(
        error switch
        {
            TiffError.NoPages => DocumentErrorClass.NoPages,
            TiffError.TooManyPages => DocumentErrorClass.TooManyPages,
            TiffError.TooLarge or TiffError.BadDimension => DocumentErrorClass.TooLarge,
            TiffError.BigTiff or TiffError.UnsupportedCompression => DocumentErrorClass.UnsupportedType,
            _ => DocumentErrorClass.Corrupt,
        },
        $"{_name} cannot be faxed{(page > 0 ? $", because of page {page}" : string.Empty)}. {error.Describe()} "
        + (error == TiffError.TooManyPages ? "Send it in parts." : "Save it as PDF and send that."));
}
