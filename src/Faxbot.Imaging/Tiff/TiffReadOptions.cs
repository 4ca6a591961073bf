namespace Faxbot.Imaging.Tiff;

/// <summary>What a reader of TIFF files puts up with.</summary>
public sealed record TiffReadOptions
{
    /// <summary>Pages in the file.</summary>
    public int MaxPages { get; init; } = 1000;

    /// <summary>Pixels a row, 65 535 at most.</summary>
    public int MaxWidth { get; init; } = 65_535;

    /// <summary>Rows a page.</summary>
    public int MaxRows { get; init; } = 65_536;

    /// <summary>
    /// Pixels in all pages together: bounds the time that a small file of white pages can take. The default is
    /// a thousand A4 pages at 600 dpi.
    /// </summary>
    public long MaxPixels { get; init; } = 36_000_000_000;

    /// <summary>Take pages of any width, not only the widths that T.30 has at the page's resolution.</summary>
    public bool AnyWidth { get; init; }
}
