namespace Faxbot.Imaging.Tiff;

/// <summary>Why a TIFF file cannot be read.</summary>
public enum TiffError
{
    /// <summary>It can.</summary>
    None,
    /// <summary>No TIFF header.</summary>
    NotTiff,
    /// <summary>The 64-bit variant of TIFF.</summary>
    BigTiff,
    /// <summary>A directory, a value or coded data lies beyond the end of the file.</summary>
    Truncated,
    /// <summary>No page at all.</summary>
    NoPages,
    /// <summary>More pages than the caller allows.</summary>
    TooManyPages,
    /// <summary>A page's link leads back to an earlier page.</summary>
    LoopInPages,
    /// <summary>A directory contradicts itself: no or too many entries, or a value of an impossible type.</summary>
    BadDirectory,
    /// <summary>A side is zero, missing, or larger than the caller allows.</summary>
    BadDimension,
    /// <summary>The pages together have more pixels than the caller allows.</summary>
    TooLarge,
    /// <summary>Strips are missing, empty, too many, or lie outside the file.</summary>
    BadStrip,
    /// <summary>Data that could not be decoded.</summary>
    Undecodable,
    /// <summary>Grey, colour or a palette; <see cref="ForeignTiff"/> may read it.</summary>
    NotBilevel,
    /// <summary>A compression other than none and the CCITT ones; <see cref="ForeignTiff"/> may read it.</summary>
    UnsupportedCompression,
    /// <summary>Tiles, or rows that do not run from top to bottom; <see cref="ForeignTiff"/> may read it.</summary>
    UnsupportedLayout,
    /// <summary>A width or a resolution that no fax page has; <see cref="ForeignTiff"/> may read it.</summary>
    NotFaxRaster,
}

/// <summary>What a <see cref="TiffError"/> means to people.</summary>
public static class TiffErrorExtensions
{
    /// <summary>A sentence without the file's name.</summary>
    public static string Describe(this TiffError error) => error switch
    {
        TiffError.None => "The file can be read.",
        TiffError.NotTiff => "The file is not a TIFF file.",
        TiffError.BigTiff => "The file is a BigTIFF file; save it as a plain TIFF.",
        TiffError.Truncated => "The file is cut short: a part that it refers to lies beyond its end.",
        TiffError.NoPages => "The file holds no page.",
        TiffError.TooManyPages => "The file holds more pages than are allowed.",
        TiffError.LoopInPages => "The file's list of pages leads back to itself.",
        TiffError.BadDirectory => "A page's directory contradicts itself.",
        TiffError.BadDimension => "A page has no valid width or height, or is larger than is allowed.",
        TiffError.TooLarge => "The pages are larger than is allowed.",
        TiffError.BadStrip => "A page's data is missing or lies outside the file.",
        TiffError.Undecodable => "A page's data is damaged or of a kind that cannot be decoded.",
        TiffError.NotBilevel => "A page is not black and white.",
        TiffError.UnsupportedCompression => "A page is compressed in a way that fax does not use.",
        TiffError.UnsupportedLayout => "A page is stored in tiles, or not from top to bottom.",
        TiffError.NotFaxRaster => "A page's width or resolution is not one that fax has.",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "Not a TIFF error."),
    };

    /// <summary>Whether the file is sound as far as it was read, but not a fax: <see cref="ForeignTiff"/> may read it.</summary>
    public static bool IsForeign(this TiffError error) => error >= TiffError.NotBilevel;
}
