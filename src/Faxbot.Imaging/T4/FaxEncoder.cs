using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.T4;

/// <summary>How <see cref="FaxEncoder"/> writes a page.</summary>
public sealed record FaxEncoderOptions
{
    /// <summary>MR only: one row in K is coded one-dimensionally (T.4 4.2.1.1: 2 at standard, 4 at higher resolutions).</summary>
    public int K { get; init; } = 4;

    /// <summary>MH and MR: every row begins with EOL, and <see cref="FaxEncoder.Finish"/> writes RTC. Off for rows in a TIFF without EOL.</summary>
    public bool WriteEol { get; init; } = true;

    /// <summary>MH and MR: fill before EOL so that EOL ends on an octet boundary.</summary>
    public bool AlignEol { get; init; }

    /// <summary>MH and MR: fill rows with zeros up to this many bits, EOL counted (T.4 4.1.2, minimum scan-line time); 0 is none.</summary>
    public int MinimumRowBits { get; init; }

    /// <summary>MMR: write EOFB. Some TIFF writers leave it out.</summary>
    public bool WriteEofb { get; init; } = true;
}

/// <summary>
/// Codes the rows of one page in T.4 or T.6, most significant bit first (the bit that is sent first is bit 7).
/// Streaming: whole octets come out row by row, the rest stays until the next row. Not thread-safe.
/// </summary>
public sealed class FaxEncoder
{
    public FaxEncoder(FaxCoding coding, int width, FaxEncoderOptions? options = null) => throw new NotSupportedException();

    /// <summary>The most octets that one call of <see cref="EncodeRow"/> or <see cref="Finish"/> can write.</summary>
    public int MaxRowOctets => throw new NotSupportedException();

    /// <summary>Codes one row and returns how many whole octets it wrote.</summary>
    public int EncodeRow(ReadOnlySpan<byte> row, Span<byte> destination) => throw new NotSupportedException();

    /// <summary>Ends the page: RTC, EOFB, and zero bits up to the octet boundary. Returns the octets written.</summary>
    public int Finish(Span<byte> destination) => throw new NotSupportedException();
}
