namespace Faxbot.Imaging.Pages;

/// <summary>The raster that a page's rows are in.</summary>
/// <param name="Width">Pixels a row: 1728, 2048 or 2432 at R8 and 200 dpi, in proportion at the others.</param>
/// <param name="Resolution">Pixels and lines per length.</param>
public readonly record struct PageFormat(int Width, FaxResolution Resolution)
{
    /// <summary>Octets a row.</summary>
    public int Stride => PageBitmap.StrideOf(Width);
}
