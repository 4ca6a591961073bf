using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Bench.Codec;

/// <summary>The pages of a TIFF file, read whole.</summary>
internal static class BitmapFile
{
    public static IReadOnlyList<PageBitmap> Read(string path)
    {
        if (TiffFaxDocument.TryOpen(path, out var opened) != TiffError.None) throw new InvalidOperationException($"{path} cannot be read.");
        using var document = opened!;
        return [.. Enumerable.Range(0, document.PageCount).Select(index => ReadPage(document, index))];
    }

    private static PageBitmap ReadPage(TiffFaxDocument document, int index)
    {
        var page = new PageBitmap(document.Pages[index].Format.Width, document.Pages[index].Rows);
        using var reader = document.OpenPage(index);
        for (var y = 0; y < page.Height; y++)
        {
            if (!reader.TryReadRow(page.Row(y))) throw new InvalidOperationException($"Page {index + 1} ends at row {y}.");
        }

        return page;
    }
}
