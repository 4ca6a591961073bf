namespace Faxbot.Imaging.T4;

/// <summary>
/// For reading fast: up to two whole runs of alternating colour that the next 12 bits hold, in one entry, so that most rows need a
/// look-up for two runs. What is rare has no entry (0): no code word, the 13-bit ones, and runs of no pixels.
/// </summary>
internal static class RunPairLookup
{
    /// <summary>The bits that an entry is found by; above them stands the colour, 1 is black.</summary>
    public const int Bits = 12;

    private const int CountShift = 6;

    private const int FirstShift = 8;
    private const int SecondShift = 20;
    private const int RunMask = (1 << (SecondShift - FirstShift)) - 1;

    private static readonly uint[] Table = Build();

    public static ReadOnlySpan<uint> Entries => Table;

    /// <summary>Bits of all code words in the entry; a shift by the entry itself is one by this.</summary>
    public static int Length(uint entry) => (int)(entry & ((1 << CountShift) - 1));

    /// <summary>Runs that end in the entry: 0 when it is a make-up code alone.</summary>
    public static int Count(uint entry) => (int)(entry >> CountShift) & 3;

    /// <summary>The colour bit of the next index, given that of the last.</summary>
    public static uint NextColour(uint entry, uint colour) => colour ^ ((entry << (Bits - CountShift)) & (1 << Bits));

    /// <summary>Pixels of the first run.</summary>
    public static int First(uint entry) => (int)(entry >> FirstShift) & RunMask;

    /// <summary>Pixels of the second run, or 0.</summary>
    public static int Second(uint entry) => (int)(entry >> SecondShift);

    private static uint[] Build()
    {
        var table = new uint[2 << Bits];
        for (var index = 0; index < table.Length; index++) table[index] = EntryFor(index & ((1 << Bits) - 1), index >> Bits != 0);
        return table;
    }

    private static uint EntryFor(int bits, bool isBlack)
    {
        var (run, length, isWhole) = ReadRun(bits, 0, isBlack);
        if (run == 0) return 0;
        if (!isWhole) return Entry(length, 0, run, 0);
        var second = ReadRun(bits, length, !isBlack);
        return second.IsWhole && second.Run > 0 ? Entry(second.End, 2, run, second.Run) : Entry(length, 1, run, 0);
    }

    /// <summary>Make-up codes and, when it fits, the terminating one.</summary>
    private static (int Run, int End, bool IsWhole) ReadRun(int bits, int start, bool isBlack)
    {
        var codes = (isBlack ? RunLookup.Black : RunLookup.White).Entries;
        for (int run = 0, end = start; ;)
        {
            var entry = codes[(bits << (end + RunLookup.Bits - Bits)) & ((1 << RunLookup.Bits) - 1)];
            if (entry.Length == 0 || end + entry.Length > Bits || run + entry.Run > RunMask) return (run, end, false);
            run += entry.Run;
            end += entry.Length;
            if (!entry.IsMakeUp) return (run, end, true);
        }
    }

    private static uint Entry(int length, int count, int first, int second) =>
        (uint)length | ((uint)count << CountShift) | ((uint)first << FirstShift) | ((uint)second << SecondShift);
}
