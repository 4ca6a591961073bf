using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>One page of a TIFF-F file as its directory describes it. Immutable.</summary>
public sealed class TiffFaxPage
{
    /// <summary>The raster.</summary>
    public PageFormat Format { get; internal init; }

    /// <summary>Rows (ImageLength).</summary>
    public int Rows { get; internal init; }

    /// <summary>How the data is stored.</summary>
    public TiffCompression Compression { get; internal init; }

    /// <summary>How the rows are coded; null where they are not.</summary>
    public FaxCoding? Coding { get; internal init; }

    /// <summary>How many rows were damaged when the page was received, as its writer says (BadFaxLines).</summary>
    public int BadFaxLines { get; internal init; }

    /// <summary>Strips that the data is in.</summary>
    public int StripCount => (Rows + RowsPerStrip - 1) / RowsPerStrip;

    internal int RowsPerStrip { get; init; }

    /// <summary>PhotometricInterpretation 1: what the data calls black is white.</summary>
    internal bool BlackIsZero { get; init; }

    /// <summary>FillOrder 2.</summary>
    internal bool LeastSignificantFirst { get; init; }

    internal TiffField StripOffsets { get; init; }

    /// <summary>Null where the file does not say: the only strip then goes to the end of the file.</summary>
    internal TiffField? StripByteCounts { get; init; }

    internal int RowsInStrip(int strip) => Math.Min(RowsPerStrip, Rows - (strip * RowsPerStrip));
}
