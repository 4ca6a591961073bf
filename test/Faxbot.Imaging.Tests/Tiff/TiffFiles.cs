using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>Whole files in memory, written and read in one go.</summary>
internal static class TiffFiles
{
    public static readonly TiffReadOptions AnyWidth = new() { AnyWidth = true };

    /// <summary>The file that our writer makes of the pages; a null coding is uncompressed.</summary>
    public static byte[] Write(
        FaxCoding? coding, FaxResolution resolution, TiffWriteOptions? options, params ReadOnlySpan<PageBitmap> pages)
    {
        var stream = new MemoryStream();
        using var writer = new TiffFaxWriter(stream, options, leaveOpen: true);
        foreach (var page in pages) WritePage(writer, coding, resolution, page);
        writer.Complete();
        return stream.ToArray();
    }

    public static void WritePage(TiffFaxWriter writer, FaxCoding? coding, FaxResolution resolution, PageBitmap page)
    {
        var format = new PageFormat(page.Width, resolution);
        if (coding is { } known) writer.BeginPage(format, known);
        else writer.BeginUncompressedPage(format);
        for (var y = 0; y < page.Height; y++) writer.WriteRow(page.Row(y));
        Assert.Equal(page.Height > 0, writer.EndPage());
    }

    public static TiffFaxDocument Open(byte[] file, TiffReadOptions? options = null)
    {
        var error = TiffFaxDocument.TryOpen(new MemoryStream(file), out var document, options ?? AnyWidth);
        Assert.Equal(TiffError.None, error);
        return document!;
    }

    public static TiffError ErrorOf(byte[] file, TiffReadOptions? options = null)
    {
        var error = TiffFaxDocument.TryOpen(new MemoryStream(file), out var document, options);
        Assert.Equal(error == TiffError.None, document is not null);
        document?.Dispose();
        return error;
    }

    /// <summary>A page without a damaged or missing row.</summary>
    public static PageBitmap ReadPage(TiffFaxDocument document, int index)
    {
        using var reader = document.OpenPage(index);
        var page = new PageBitmap(reader.Format.Width, document.Pages[index].Rows);
        for (var y = 0; y < page.Height; y++) Assert.True(reader.TryReadRow(page.Row(y)), $"The page ends at row {y}.");
        Assert.False(reader.TryReadRow(new byte[page.Stride]));
        Assert.Equal((0, 0), (reader.BadRows, reader.MissingRows));
        return page;
    }

    public static void AssertSame(PageBitmap expected, PageBitmap actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        for (var y = 0; y < expected.Height; y++) Assert.True(expected.Row(y).SequenceEqual(actual.Row(y)), $"Row {y} differs.");
    }
}
