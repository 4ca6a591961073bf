using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tiff;

/// <summary>The rows of one strip. Coded strips begin anew: the row before the first is white, and MR begins one-dimensionally.</summary>
internal sealed class TiffStripReader
{
    private readonly TiffOctets _octets;
    private readonly FaxDecoder? _decoder;
    private readonly byte[] _chunk;
    private bool _completed;

    /// <param name="page">What the strip is of.</param>
    /// <param name="rows">Rows in the strip.</param>
    /// <param name="octets">The strip's octets.</param>
    /// <param name="chunk">Room for some KB at a time.</param>
    public TiffStripReader(TiffFaxPage page, int rows, TiffOctets octets, byte[] chunk)
    {
        _octets = octets;
        _chunk = chunk;
        if (page.Coding is not { } coding) return;
        var first = octets.Read(chunk);
        var options = new FaxDecoderOptions
        {
            ExpectEol = page.Compression == TiffCompression.Group3 && StartsWithEol(chunk.AsSpan(0, first)),
            AlignRows = page.Compression == TiffCompression.CcittRle,
            MaxRows = rows,
        };
        _decoder = new FaxDecoder(coding, page.Format.Width, options);
        _decoder.Append(chunk.AsSpan(0, first));
    }

    /// <summary>
    /// Reads the next row: <see cref="RowStatus.Row"/>, <see cref="RowStatus.BadRow"/> or <see cref="RowStatus.EndOfPage"/>.
    /// </summary>
    public RowStatus TryReadRow(Span<byte> row)
    {
        if (_decoder is null) return _octets.Read(row) == row.Length ? RowStatus.Row : RowStatus.EndOfPage;
        while (true)
        {
            var status = _decoder.TryReadRow(row);
            if (status != RowStatus.NeedMoreData) return status;
            if (_completed) return RowStatus.EndOfPage;
            var read = _octets.Read(_chunk);
            if (read > 0)
            {
                _decoder.Append(_chunk.AsSpan(0, read));
                continue;
            }

            _completed = true;
            _decoder.Complete();
        }
    }

    /// <summary>
    /// Whether the first one is behind at least eleven zeros (T.4 4.1.3). No code word begins so: without EOL, rows follow each other
    /// directly.
    /// </summary>
    public static bool StartsWithEol(ReadOnlySpan<byte> coded)
    {
        var first = coded.IndexOfAnyExcept((byte)0);
        return first >= 0 && (first * 8) + byte.LeadingZeroCount(coded[first]) >= 11;
    }
}
