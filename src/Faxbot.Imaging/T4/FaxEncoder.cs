using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.T4;

/// <summary>
/// Codes the rows of one page in T.4 or T.6, most significant bit first (the bit that is sent first is bit 7).
/// Streaming: whole octets come out row by row, the rest stays until the next row. Not thread-safe.
/// </summary>
public sealed class FaxEncoder
{
    private const int MostWidth = 65_535;
    private const int EolsInRtc = 6;
    private const int SlackOctets = 8;

    private readonly FaxCoding _coding;
    private readonly FaxEncoderOptions _options;
    private readonly int _width;
    private readonly int _stride;
    private int[] _current;
    private int[] _reference;
    private int _rows;
    private ulong _pending;
    private int _pendingBits;
    private bool _finished;

    /// <summary>An encoder for one page.</summary>
    /// <param name="coding">MH, MR or MMR.</param>
    /// <param name="width">Pixels a row: 1 to 65 535.</param>
    /// <param name="options">Defaults: as T.4 and T.6 have it on the line.</param>
    /// <exception cref="ArgumentOutOfRangeException">Width, K or the minimum of bits is out of range, or the coding unknown.</exception>
    public FaxEncoder(FaxCoding coding, int width, FaxEncoderOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)coding, (uint)FaxCoding.Mmr, nameof(coding));
        _options = options ?? new FaxEncoderOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.K, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)_options.MinimumRowBits, 65_535u, nameof(options));
        _coding = coding;
        _width = width;
        _stride = PageBitmap.StrideOf(width);
        _current = ChangingElements.NewList(width);
        _reference = ChangingElements.NewList(width);

        // The costliest code per pixel is a vertical one of 7 bits; 64 cover what a row has once (horizontal mode for a run of 0,
        // tag), and repeated make-up codes cost less than their pixels. 2 + 2 octets: EOL with its fill, pending bits.
        var octets = ((7 * width) + 64) / 8 + 4;
        MaxRowOctets = Math.Max(Math.Max(octets, _options.MinimumRowBits / 8 + 4), EolsInRtc * 3) + SlackOctets;
    }

    private bool HasEol => _coding != FaxCoding.Mmr && _options.WriteEol;

    /// <summary>The most octets that one call of <see cref="EncodeRow"/> or <see cref="Finish"/> can write; room for them is required.</summary>
    public int MaxRowOctets { get; }

    /// <summary>Codes one row and returns how many whole octets it wrote.</summary>
    /// <param name="row">A stride of octets, bit 7 the leftmost pixel, 1 is black. Bits right of the width do not count.</param>
    /// <param name="destination">At least <see cref="MaxRowOctets"/>; what is behind the octets written is overwritten with no meaning.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="InvalidOperationException">The page is finished.</exception>
    public int EncodeRow(ReadOnlySpan<byte> row, Span<byte> destination)
    {
        if (row.Length < _stride) throw new ArgumentException($"A row of {_width} pixels has {_stride} octets.", nameof(row));
        var output = Begin(destination);
        ChangingElements.Find(row[.._stride], _width, _current);
        var oneDimensional = _coding == FaxCoding.Mh || (_coding == FaxCoding.Mr && _rows % _options.K == 0);
        var start = output.BitPosition;
        if (HasEol) start = WriteEol(ref output, oneDimensional);
        else if (_coding == FaxCoding.Mr) output.Put(oneDimensional ? 1u : 0, 1);
        if (oneDimensional) RowWriter.WriteOneDimensional(ref output, _current, _width);
        else RowWriter.WriteTwoDimensional(ref output, _current, _reference, _width);
        if (HasEol) output.Fill(_options.MinimumRowBits - (output.BitPosition - start));
        else if (_options.AlignRows) output.Align();
        (_current, _reference) = (_reference, _current);
        _rows++;
        return End(output);
    }

    /// <summary>Ends the page: RTC, EOFB, and zero bits up to the octet boundary. Returns the octets written.</summary>
    /// <param name="destination">At least <see cref="MaxRowOctets"/>.</param>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    /// <exception cref="InvalidOperationException">The page is finished already.</exception>
    public int Finish(Span<byte> destination)
    {
        var output = Begin(destination);
        _finished = true;
        if (HasEol && _options.WriteRtc)
        {
            for (var i = 0; i < EolsInRtc; i++) WriteEol(ref output, oneDimensional: true);
        }
        else if (_coding == FaxCoding.Mmr && _options.WriteEofb)
        {
            output.Put(ModeCodes.Eol);
            output.Put(ModeCodes.Eol);
        }

        output.Align();
        return End(output);
    }

    private BitWriter Begin(Span<byte> destination)
    {
        if (destination.Length < MaxRowOctets)
            throw new ArgumentException($"Room for {MaxRowOctets} octets is required.", nameof(destination));
        if (_finished) throw new InvalidOperationException("The page is finished.");
        return new BitWriter(destination, _pending, _pendingBits);
    }

    private int End(in BitWriter output)
    {
        _pending = output.Pending;
        _pendingBits = output.PendingBits;
        return output.Octets;
    }

    /// <summary>Returns where EOL begins, its own fill not counted.</summary>
    private int WriteEol(ref BitWriter output, bool oneDimensional)
    {
        if (_options.AlignEol) output.Put(0, (4 - output.PendingBits) & 7);
        var start = output.BitPosition;
        output.Put(ModeCodes.Eol);
        if (_coding == FaxCoding.Mr) output.Put(oneDimensional ? 1u : 0, 1);
        return start;
    }
}
