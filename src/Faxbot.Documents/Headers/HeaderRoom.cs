using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Headers;

/// <summary>Makes room for a header line without covering or cutting anything.</summary>
internal static class HeaderRoom
{
    /// <summary>Whether the page's first <paramref name="rows"/> rows are free, if need be after moving all down into a free bottom.</summary>
    /// <returns>False when the page is full from top to bottom: it must be drawn smaller.</returns>
    public static bool TryMake(PageBitmap page, int rows)
    {
        var first = page.Rows.IndexOfAnyExcept((byte)0);
        if (first < 0) return true;
        var missing = rows - (first / page.Stride);
        if (missing <= 0) return true;
        var freeRows = page.Height - 1 - (page.Rows.LastIndexOfAnyExcept((byte)0) / page.Stride);
        if (freeRows < missing) return false;
        page.Rows[..^(missing * page.Stride)].CopyTo(page.Rows[(missing * page.Stride)..]);
        page.Rows[..(missing * page.Stride)].Clear();
        return true;
    }
}
