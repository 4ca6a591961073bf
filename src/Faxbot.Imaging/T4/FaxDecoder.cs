using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.T4;

/// <summary>
/// Decodes the rows of one page from T.4 or T.6, most significant bit first. Streaming: data may come in pieces of any size.
/// Survives any input: a damaged row is replaced by the last good one, never a read out of bounds. Not thread-safe.
/// </summary>
/// <remarks>
/// MH and MR go on at the next EOL after damage; MR rows that refer to a damaged one count as damaged too (T.4 4.2.1.1: that is what
/// K is for). MMR has nothing to go on at, so its page ends there. Two EOLs in a row end a page, whether four more follow or not.
/// </remarks>
public sealed class FaxDecoder
{
    private const int MostWidth = 65_535;
    private const int EolZeros = 11;

    /// <summary>Fill that may stand between the EOLs of RTC, for those that align them; more is a row that was lost.</summary>
    private const int RtcFill = 7;

    /// <summary>A page that has had this many bits without a row is given up: 4 minutes at 33 600 bit/s.</summary>
    private const long MostIdleBits = 1 << 23;

    private readonly FaxCoding _coding;
    private readonly FaxDecoderOptions _options;
    private readonly int _width;
    private readonly int _stride;
    private readonly BitQueue _input = new();
    private readonly RowReader _reader;
    private readonly RowPainter _painter;
    private Phase _phase = Phase.Eol;
    private bool _eolSeen;
    private bool _isTwoDimensional;
    private bool _isReferenceLost;
    private int _fill;
    private int _eolZeros;
    private long _idleBits;
    private int _badRun;

    /// <summary>A decoder for one page.</summary>
    /// <param name="coding">MH, MR or MMR.</param>
    /// <param name="width">Pixels a row: 1 to 65 535.</param>
    /// <param name="options">Defaults: as T.4 and T.6 have it on the line.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range, or the coding unknown.</exception>
    public FaxDecoder(FaxCoding coding, int width, FaxDecoderOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)coding, (uint)FaxCoding.Mmr, nameof(coding));
        _coding = coding;
        _width = width;
        _stride = PageBitmap.StrideOf(width);
        _options = options ?? new FaxDecoderOptions();
        _reader = new RowReader(width);
        _painter = new RowPainter(width);
    }

    private enum Phase
    {
        /// <summary>Before a row: EOL with its fill, or none.</summary>
        Eol,
        /// <summary>MR: before the tag bit behind EOL.</summary>
        Tag,
        /// <summary>Behind EOL and tag: a row, or the next EOL of RTC.</summary>
        AfterEol,
        /// <summary>Within a row.</summary>
        Row,
        /// <summary>Behind a row whose end EOL must confirm.</summary>
        RowEnd,
        /// <summary>Behind damage: whatever comes before the next EOL.</summary>
        Resync,
        Finished,
    }

    /// <summary>Rows delivered so far, damaged ones included.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows that were damaged.</summary>
    public int BadRows { get; private set; }

    /// <summary>The longest sequence of damaged rows.</summary>
    public int LongestBadRun { get; private set; }

    private bool MustFindEol => _eolSeen && _coding != FaxCoding.Mmr;

    /// <summary>
    /// Adds coded data; the span may be reused after the call. Call <see cref="TryReadRow"/> until it says
    /// <see cref="RowStatus.NeedMoreData"/> before the next call: then less than a code word is kept.
    /// </summary>
    public void Append(ReadOnlySpan<byte> coded)
    {
        if (_phase != Phase.Finished) _input.Append(coded);
    }

    /// <summary>No more data will come: what is left is decoded to its end.</summary>
    public void Complete() => _input.Complete();

    /// <summary>Decodes the next row into <paramref name="row"/> (at least a stride of octets; the first stride is overwritten).</summary>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public RowStatus TryReadRow(Span<byte> row)
    {
        if (row.Length < _stride) throw new ArgumentException($"A row of {_width} pixels has {_stride} octets.", nameof(row));
        while (true)
        {
            if (RowCount >= _options.MaxRows) _phase = Phase.Finished;
            var status = _phase switch
            {
                Phase.Eol => ReadEol(),
                Phase.Tag => ReadTag(),
                Phase.AfterEol => ReadAfterEol(),
                Phase.Row => ReadRow(),
                Phase.RowEnd => ReadRowEnd(),
                Phase.Resync => Resync(),
                _ => RowStatus.EndOfPage,
            };
            if (status is { } found) return Deliver(found, row[.._stride]);
        }
    }

    private RowStatus Deliver(RowStatus status, Span<byte> row)
    {
        if (status is not (RowStatus.Row or RowStatus.BadRow)) return status;
        if (status == RowStatus.Row) _reader.Accept();
        _badRun = status == RowStatus.Row ? 0 : _badRun + 1;
        BadRows += status == RowStatus.Row ? 0 : 1;
        LongestBadRun = Math.Max(LongestBadRun, _badRun);
        RowCount++;
        _idleBits = 0;
        _painter.Paint(_reader.Accepted, _reader.AcceptedEnd, row);
        return status;
    }

    /// <summary>Before a row; fill may come before EOL, and EOL may be missing before the first row or everywhere.</summary>
    private RowStatus? ReadEol()
    {
        if (_options.AlignRows && !_eolSeen) _input.Align();
        var zeros = _input.LeadingZeros();
        if (_fill + zeros < EolZeros)
        {
            if (zeros == _input.Available) return Starved();
            if (_coding == FaxCoding.Mr && !_options.ExpectEol) return Go(Phase.Tag);
            return BeginRow(isTwoDimensional: _coding == FaxCoding.Mmr);
        }

        // T.6 2.2.5: no row begins with that many zeros, so this is EOFB, or padding without it.
        return _coding == FaxCoding.Mmr ? Finish() : SkipEol(zeros) ?? Go(Phase.Tag);
    }

    private RowStatus? ReadTag()
    {
        if (_coding != FaxCoding.Mr)
        {
            _isTwoDimensional = false;
            return Go(Phase.AfterEol);
        }

        if (_input.Available == 0) return Starved();
        _isTwoDimensional = _input.Peek() >> 63 == 0;
        _input.Skip(1);
        return _eolSeen ? Go(Phase.AfterEol) : BeginRow(_isTwoDimensional);
    }

    private RowStatus? ReadAfterEol()
    {
        var zeros = _input.LeadingZeros();
        if (_fill + zeros >= EolZeros)
        {
            if (SkipEol(zeros) is { } status) return status;
            return _eolZeros > EolZeros + RtcFill ? Bad(Phase.Tag) : Finish();
        }

        if (zeros == _input.Available) return Starved();
        return _isTwoDimensional && _isReferenceLost ? Bad(Phase.Resync) : BeginRow(_isTwoDimensional);
    }

    private RowStatus? BeginRow(bool isTwoDimensional)
    {
        _reader.Begin(isTwoDimensional);
        return Go(Phase.Row);
    }

    private RowStatus? ReadRow() => _reader.Read(_input) switch
    {
        RowProgress.Starved => RowStatus.NeedMoreData,
        RowProgress.Damaged => Damaged(),
        _ when MustFindEol => Go(Phase.RowEnd),
        _ => Good(),
    };

    /// <summary>A row that has its pixels but goes on is as damaged as one that has too few.</summary>
    private RowStatus? ReadRowEnd()
    {
        var zeros = _input.LeadingZeros();
        if (zeros >= EolZeros || (zeros == _input.Available && _input.IsComplete)) return Good();
        return zeros == _input.Available ? RowStatus.NeedMoreData : Damaged();
    }

    private RowStatus? Resync()
    {
        while (true)
        {
            var zeros = _input.LeadingZeros();
            if (_fill + zeros >= EolZeros) return SkipEol(zeros) ?? Go(Phase.Tag);
            if (zeros == _input.Available) return Starved();
            if ((_idleBits += zeros + 1) > MostIdleBits) return Bad(Phase.Finished);
            _input.Skip(zeros + 1);
        }
    }

    /// <summary>Takes EOL with its fill away, of which <paramref name="zeros"/> bits can be seen.</summary>
    /// <returns>Null when EOL is behind; <see cref="_eolZeros"/> then says how long it was.</returns>
    private RowStatus? SkipEol(int zeros)
    {
        while (zeros == BitQueue.MostPeeked || zeros == _input.Available)
        {
            _fill += zeros;
            _input.Skip(zeros);
            if ((_idleBits += zeros) > MostIdleBits) return Bad(Phase.Finished);
            if (_input.Available == 0) return Starved();
            zeros = _input.LeadingZeros();
        }

        _input.Skip(zeros + 1);
        if ((_idleBits += zeros + 1) > MostIdleBits) return Bad(Phase.Finished);
        _eolZeros = _fill + zeros;
        _fill = 0;
        _eolSeen = true;
        return null;
    }

    private RowStatus? Starved() => _input.IsComplete ? Finish() : RowStatus.NeedMoreData;

    private RowStatus Good()
    {
        _isReferenceLost = false;
        _phase = Phase.Eol;
        return RowStatus.Row;
    }

    private RowStatus Damaged()
    {
        if (_coding != FaxCoding.Mmr && (_options.ExpectEol || _eolSeen)) return Bad(Phase.Resync);
        if (!_options.AlignRows || _coding != FaxCoding.Mh) return Bad(Phase.Finished);

        // Without EOL an octet boundary is the only hold that is left; one octet at least is behind each attempt.
        if (_input.Available > 0) _input.Skip(1);
        return Bad(Phase.Eol);
    }

    private RowStatus Bad(Phase next)
    {
        _isReferenceLost = true;
        _phase = next;
        return RowStatus.BadRow;
    }

    private RowStatus? Go(Phase next)
    {
        _phase = next;
        return null;
    }

    private RowStatus Finish()
    {
        _phase = Phase.Finished;
        return RowStatus.EndOfPage;
    }
}
