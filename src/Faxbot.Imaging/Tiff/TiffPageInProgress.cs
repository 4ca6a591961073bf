using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tiff;

/// <summary>The page that a <see cref="TiffFaxWriter"/> is writing: its data begins at <paramref name="start"/>.</summary>
internal sealed class TiffPageInProgress(PageFormat format, FaxCoding? coding, FaxEncoder? encoder, long start)
{
    public PageFormat Format => format;

    /// <summary>Null for an uncompressed page.</summary>
    public FaxCoding? Coding => coding;

    /// <summary>Null for a page whose data comes as it is to be stored.</summary>
    public FaxEncoder? Encoder => encoder;

    /// <summary>Whether rows are written, and not coded octets.</summary>
    public bool TakesRows => coding is null || encoder is not null;

    public uint Start => (uint)start;

    public uint Length { get; set; }

    public int Rows { get; set; }

    /// <summary>Rows that were damaged on their way here.</summary>
    public int BadRows { get; set; }

    public int LongestBadRun { get; set; }
}
