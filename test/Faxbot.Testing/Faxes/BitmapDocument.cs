using Faxbot.Imaging.Pages;

namespace Faxbot.Testing.Faxes;

/// <summary>Pages that are bitmaps in memory.</summary>
public sealed class BitmapDocument(FaxResolution resolution, params PageBitmap[] pages) : IFaxDocument
{
    /// <summary>The pages.</summary>
    public IReadOnlyList<PageBitmap> Pages => pages;

    /// <inheritdoc/>
    public int PageCount => pages.Length;

    /// <inheritdoc/>
    public IPageReader OpenPage(int index) => new Reader(pages[index], resolution);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Reader(PageBitmap page, FaxResolution resolution) : IPageReader
    {
        private int _next;

        public PageFormat Format => new(page.Width, resolution);

        public bool TryReadRow(Span<byte> row)
        {
            if (_next == page.Height) return false;
            page.Row(_next++).CopyTo(row);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
