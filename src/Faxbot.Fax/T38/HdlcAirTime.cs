namespace Faxbot.Fax.T38;

/// <summary>How many bits HDLC frames take on a line: after five ones a zero is stuffed in (ISO/IEC 13239 4.3.1). Counts one frame at a time.</summary>
internal struct HdlcAirTime
{
    /// <summary>The check sequence and a flag. Zeros stuffed into the check sequence are left out: under a bit a frame on average.</summary>
    public const int FrameEndBits = 16 + 8;

    // For each number of ones that went before (0 to 4) and each octet: stuffed zeros << 3 | ones at its end.
    private static readonly byte[] Table = BuildTable();

    private int _ones;

    /// <summary>The bits that these octets of a frame take.</summary>
    public int Count(ReadOnlySpan<byte> octets)
    {
        var bits = octets.Length * 8;
        foreach (var octet in octets)
        {
            var entry = Table[(_ones << 8) | octet];
            bits += entry >> 3;
            _ones = entry & 7;
        }

        return bits;
    }

    /// <summary>A flag has passed: the next octets begin a frame.</summary>
    public void NextFrame() => _ones = 0;

    private static byte[] BuildTable()
    {
        var table = new byte[5 << 8];
        for (var index = 0; index < table.Length; index++)
        {
            var ones = index >> 8;
            var stuffed = 0;
            for (var bit = 7; bit >= 0; bit--)
            {
                ones = ((index >> bit) & 1) == 1 ? ones + 1 : 0;
                if (ones < 5) continue;
                stuffed++;
                ones = 0;
            }

            table[index] = (byte)(stuffed << 3 | ones);
        }

        return table;
    }
}
