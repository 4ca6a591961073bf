namespace Faxbot.Imaging.T4;

/// <summary>How <see cref="FaxEncoder"/> writes a page.</summary>
public sealed record FaxEncoderOptions
{
    /// <summary>MR only: one row in K is coded one-dimensionally (T.4 4.2.1.1: 2 at standard, 4 at higher resolutions).</summary>
    public int K { get; init; } = 4;

    /// <summary>
    /// MH and MR: every row begins with EOL, and <see cref="FaxEncoder.Finish"/> writes RTC. Off for rows in a TIFF without EOL;
    /// MR rows then still begin with their tag bit, as in PDF's CCITTFaxDecode.
    /// </summary>
    public bool WriteEol { get; init; } = true;

    /// <summary>MH and MR: fill before EOL so that EOL ends on an octet boundary (the tag bit of MR follows it).</summary>
    public bool AlignEol { get; init; }

    /// <summary>Rows without EOL end with zero bits up to an octet boundary (TIFF compression 2, "EncodedByteAlign").</summary>
    public bool AlignRows { get; init; }

    /// <summary>
    /// MH and MR with EOL: fill rows with zeros up to this many bits, EOL counted (T.4 4.1.2, minimum scan-line time); 0 is none,
    /// 65 535 the most.
    /// </summary>
    public int MinimumRowBits { get; init; }

    /// <summary>MH and MR with EOL: write RTC. Files leave it out (TIFF 6.0, section 11).</summary>
    public bool WriteRtc { get; init; } = true;

    /// <summary>MMR: write EOFB. Some TIFF writers leave it out.</summary>
    public bool WriteEofb { get; init; } = true;
}
