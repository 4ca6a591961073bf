using Faxbot.Documents.Grey;

namespace Faxbot.Documents.Pdf;

/// <summary>Reads pages in the format PGM (P5, 8 bits) that follow each other in a stream. What it reads is checked, for the program that writes it has seen hostile input.</summary>
internal sealed class PgmReader(Stream stream)
{
    private const int LongestNumber = 9;

    private readonly byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <summary>Reads the size of the next page.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">What comes is not such a page.</exception>
    public bool TryReadHeader(out int width, out int height)
    {
        width = height = 0;
        var first = ReadOctet();
        if (first < 0) return false;
        if (first != 'P' || ReadOctet() != '5') throw new InvalidDataException("The renderer's output is not PGM.");
        width = ReadNumber();
        height = ReadNumber();
        if (ReadNumber() != 255 || width == 0 || height == 0) throw new InvalidDataException("The renderer's output is not 8-bit PGM.");
        return true;
    }

    /// <summary>Reads the page's next pixels.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public void ReadPixels(Span<byte> row)
    {
        var buffered = Math.Min(row.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(row);
        _start += buffered;
        row = row[buffered..];
        while (row.Length > 0)
        {
            // Long rests go to their place at once, short ones through the buffer.
            if (row.Length >= _buffer.Length)
            {
                var read = stream.Read(row);
                if (read == 0) throw new EndOfStreamException("The renderer's output ends within a page.");
                row = row[read..];
                continue;
            }

            if (!TryFill()) throw new EndOfStreamException("The renderer's output ends within a page.");
            var taken = Math.Min(row.Length, _end);
            _buffer.AsSpan(0, taken).CopyTo(row);
            _start = taken;
            row = row[taken..];
        }
    }

    /// <summary>Reads a whole page, at the place in <paramref name="page"/> whose upper left corner is given.</summary>
    public void ReadPage(GreyPage page, int left, int top, int width, int height)
    {
        for (var y = 0; y < height; y++) ReadPixels(page.Row(top + y).Slice(left, width));
    }

    private int ReadNumber()
    {
        var octet = ReadOctet();
        while (octet is ' ' or '\n' or '\r' or '\t') octet = ReadOctet();
        var (number, digits) = (0, 0);
        for (; octet is >= '0' and <= '9' && digits <= LongestNumber; octet = ReadOctet(), digits++) number = (number * 10) + octet - '0';
        if (digits is 0 or > LongestNumber - 1 || octet is not (' ' or '\n' or '\r' or '\t'))
            throw new InvalidDataException("The renderer's output has no valid PGM header.");
        return number;
    }

    private int ReadOctet() => _start < _end || TryFill() ? _buffer[_start++] : -1;

    private bool TryFill()
    {
        _start = 0;
        _end = stream.Read(_buffer);
        return _end > 0;
    }
}
