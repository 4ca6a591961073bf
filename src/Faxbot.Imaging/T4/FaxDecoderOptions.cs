namespace Faxbot.Imaging.T4;

/// <summary>How <see cref="FaxDecoder"/> reads a page.</summary>
public sealed record FaxDecoderOptions
{
    /// <summary>
    /// MH and MR: rows begin with EOL (T.4). When false, rows follow each other without EOL (TIFF compression 2, or 3 as some write it);
    /// MR rows then begin with their tag bit alone. EOL is understood either way as soon as one is seen.
    /// </summary>
    public bool ExpectEol { get; init; } = true;

    /// <summary>Rows without EOL begin on octet boundaries (TIFF compression 2, "EncodedByteAlign").</summary>
    public bool AlignRows { get; init; }

    /// <summary>No page has more rows than this; what follows is refused as <see cref="RowStatus.EndOfPage"/>.</summary>
    public int MaxRows { get; init; } = 65_536;
}
