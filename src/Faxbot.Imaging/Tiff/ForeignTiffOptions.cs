namespace Faxbot.Imaging.Tiff;

/// <summary>What <see cref="ForeignTiff"/> puts up with.</summary>
public sealed record ForeignTiffOptions
{
    /// <summary>Pages in the file.</summary>
    public int MaxPages { get; init; } = 1000;

    /// <summary>
    /// Pixels a page. Loading one takes 5 octets a pixel, and as much again as the largest strip or tile takes uncompressed. The default is
    /// that of a Legal page at 600 dpi with some room.
    /// </summary>
    public int MaxPixels { get; init; } = 50_000_000;
}
