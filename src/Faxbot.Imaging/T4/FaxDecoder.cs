using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.T4;

/// <summary>What <see cref="FaxDecoder.TryReadRow"/> found.</summary>
public enum RowStatus
{
    /// <summary>A row was decoded.</summary>
    Row,
    /// <summary>A row was damaged; the last good row stands in its place and <see cref="FaxDecoder.BadRows"/> was raised.</summary>
    BadRow,
    /// <summary>The data so far ends within a row.</summary>
    NeedMoreData,
    /// <summary>RTC, EOFB or the end of the data.</summary>
    EndOfPage,
}

/// <summary>How <see cref="FaxDecoder"/> reads a page.</summary>
public sealed record FaxDecoderOptions
{
    /// <summary>MH and MR: rows begin with EOL (T.4). When false, rows follow each other without EOL (TIFF compression 2, or 3 as some write it).</summary>
    public bool ExpectEol { get; init; } = true;

    /// <summary>Rows begin on octet boundaries (TIFF compression 2, "EncodedByteAlign").</summary>
    public bool AlignRows { get; init; }

    /// <summary>No page has more rows than this; what follows is refused as <see cref="RowStatus.EndOfPage"/>.</summary>
    public int MaxRows { get; init; } = 65_536;
}

/// <summary>
/// Decodes the rows of one page from T.4 or T.6, most significant bit first. Streaming: data may come in pieces of any size.
/// Survives any input: a damaged row is replaced by the last good one, never a read out of bounds. Not thread-safe.
/// </summary>
public sealed class FaxDecoder
{
    public FaxDecoder(FaxCoding coding, int width, FaxDecoderOptions? options = null) => throw new NotSupportedException();

    /// <summary>Rows delivered so far, damaged ones included.</summary>
    public int RowCount => throw new NotSupportedException();

    /// <summary>Rows that were damaged.</summary>
    public int BadRows => throw new NotSupportedException();

    /// <summary>The longest sequence of damaged rows.</summary>
    public int LongestBadRun => throw new NotSupportedException();

    /// <summary>Adds coded data; the span may be reused after the call.</summary>
    public void Append(ReadOnlySpan<byte> coded) => throw new NotSupportedException();

    /// <summary>No more data will come: what is left is decoded to its end.</summary>
    public void Complete() => throw new NotSupportedException();

    /// <summary>Decodes the next row into <paramref name="row"/> (a stride of octets).</summary>
    public RowStatus TryReadRow(Span<byte> row) => throw new NotSupportedException();
}
