using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// Coded rows of T.4 and T.6. The first octet of an input chooses coding and options, the second the width, the third how the data is
/// cut; the rest is data. Cut or whole, the same rows must come out, and pixels right of the width stay white.
/// </summary>
internal sealed class T4Target : IFuzzTarget
{
    private const int Head = 3;
    private static readonly int[] Widths = [1, 7, 8, 9, 63, 64, 65, 1728, 2048, 2432, 2560, 2623];
    private readonly byte[] _row = new byte[PageBitmap.StrideOf(4000)];

    public string Name => "t4";

    public IEnumerable<byte[]> Seeds =>
        from coding in Enum.GetValues<FaxCoding>()
        from eol in new[] { 0, 1 }
        from width in new[] { 0, 5, 7 }
        select Seed(coding, eol, width);

    // EOL, EOL with the tag bits, RTC of MH, EOFB.
    public IEnumerable<byte[]> Tokens => [[0, 1], [0, 0x18], [0, 0x10], [0, 0x10, 0x01, 0x00, 0x10, 0x01], [0, 0x10, 0x01]];

    public int MaxLength => 1500;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Head) return;
        var whole = Decode(input, input.Length);
        var inPieces = Decode(input, input[2] % 17 + 1);
        if (whole != inPieces) throw new InvalidOperationException($"Whole {whole}, but in pieces {inPieces}.");
    }

    private (int Rows, int Bad, int Run, int Pixels) Decode(ReadOnlySpan<byte> input, int piece)
    {
        var width = Widths[input[1] % Widths.Length];
        var options = new FaxDecoderOptions { ExpectEol = (input[0] & 4) != 0, AlignRows = (input[0] & 8) != 0, MaxRows = 300 };
        var decoder = new FaxDecoder((FaxCoding)(input[0] % 3), width, options);
        var stride = PageBitmap.StrideOf(width);
        var pixels = new HashCode();
        for (var data = input[Head..]; ;)
        {
            var status = decoder.TryReadRow(_row);
            if (status == RowStatus.EndOfPage) break;
            if (status == RowStatus.NeedMoreData)
            {
                var count = int.Min(piece, data.Length);
                if (count > 0) decoder.Append(data[..count]);
                else decoder.Complete();
                data = data[count..];
                continue;
            }

            pixels.AddBytes(_row.AsSpan(0, stride));
            if ((_row[stride - 1] & (0xFF >> ((width - 1) % 8 + 1))) != 0) throw new InvalidOperationException("A pad bit is black.");
        }

        if (decoder.RowCount > options.MaxRows) throw new InvalidOperationException($"{decoder.RowCount} rows, {options.MaxRows} were allowed.");
        return (decoder.RowCount, decoder.BadRows, decoder.LongestBadRun, pixels.ToHashCode());
    }

    private static byte[] Seed(FaxCoding coding, int eol, int widthIndex)
    {
        var width = Widths[widthIndex];
        var encoder = new FaxEncoder(coding, width, new FaxEncoderOptions { WriteEol = eol == 1 });
        var row = new byte[PageBitmap.StrideOf(width)];
        var coded = new byte[encoder.MaxRowOctets];
        var choice = Enumerable.Range(0, 256).First(octet => octet % 3 == (int)coding && (octet & 12) == 4 * eol);
        List<byte> seed = [(byte)choice, (byte)widthIndex, 3];
        for (var y = 0; y < 12; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // Bars that lean, a white row, a black one and a fine pattern: all modes and long runs.
                var black = y switch { 3 => false, 4 => true, 9 => x % 2 == 0, _ => (x + 5 * y) / 23 % 3 == 0 };
                if (black) row[x >> 3] |= (byte)(0x80 >> (x & 7));
                else row[x >> 3] &= (byte)~(0x80 >> (x & 7));
            }

            seed.AddRange(coded.AsSpan(0, encoder.EncodeRow(row, coded)));
        }

        seed.AddRange(coded.AsSpan(0, encoder.Finish(coded)));
        return [.. seed];
    }
}
