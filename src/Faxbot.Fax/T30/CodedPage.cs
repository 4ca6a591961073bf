using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Fax.T30;

/// <summary>A page being coded as it is sent: rows in, octets out, nothing held but one row and its code.</summary>
internal sealed class CodedPage : IDisposable
{
    private readonly IPageReader _rows;
    private readonly FaxEncoder _encoder;
    private readonly byte[] _row;
    private readonly byte[] _code;
    private int _start;
    private int _end;
    private bool _finished;

    public CodedPage(IPageReader rows, DcsSettings settings, TransmitterOptions options)
    {
        _rows = rows.Format == settings.Format ? rows : new ScaledPageReader(rows, settings.Format);
        var minimumBits = settings.Ecm || options.OmitFill
            ? 0
            : (int)Math.Ceiling(settings.Modulation.BitRate() * settings.MinimumScanTime.TotalSeconds);
        _encoder = new FaxEncoder(settings.Coding, settings.Format.Width, new FaxEncoderOptions
        {
            K = settings.Format.Resolution.Dpi().Down < 150 ? options.K.Standard : options.K.Fine,
            MinimumRowBits = minimumBits,
        });
        _row = new byte[settings.Format.Stride];
        _code = new byte[_encoder.MaxRowOctets];
    }

    /// <summary>Rows coded so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Octets read so far.</summary>
    public long OctetCount { get; private set; }

    /// <summary>Whether every octet has been read.</summary>
    public bool AtEnd
    {
        get
        {
            while (_start == _end && !_finished) CodeNext();
            return _start == _end;
        }
    }

    /// <summary>Fills the span unless the page ends before; returns the octets written.</summary>
    public int Read(Span<byte> destination)
    {
        var written = 0;
        while (written < destination.Length && !AtEnd)
        {
            var count = Math.Min(destination.Length - written, _end - _start);
            _code.AsSpan(_start, count).CopyTo(destination[written..]);
            _start += count;
            written += count;
        }

        OctetCount += written;
        return written;
    }

    public void Dispose() => _rows.Dispose();

    private void CodeNext()
    {
        _start = 0;
        if (_rows.TryReadRow(_row))
        {
            _end = _encoder.EncodeRow(_row, _code);
            RowCount++;
            return;
        }

        _end = _encoder.Finish(_code);
        _finished = true;
    }
}
