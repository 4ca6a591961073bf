namespace Faxbot.Imaging.T4;

/// <summary>
/// For writing: the whole code of every run below 2624 (make-up and terminating code in one entry). White runs are found by their
/// length, black ones <see cref="Black"/> behind.
/// </summary>
internal static class RunCodeTable
{
    /// <summary>The longest make-up code of T.4; longer runs repeat it (4.1.1, note to table 3b).</summary>
    public const int LongestMakeUp = 2560;

    /// <summary>The longest run with an entry.</summary>
    public const int LongestRun = LongestMakeUp + 63;

    /// <summary>The index of the black run of 0: one bit, which stands for the colour.</summary>
    public const int Black = 4096;

    private const int LengthBits = 8;
    private static readonly uint[] Table = Build();

    /// <summary>The code of 2560, which needs no colour.</summary>
    public static CodeWord Longest { get; } = RunCodes.White.MakeUp[LongestMakeUp / 64];

    /// <summary>One entry a run: the code's bits above <see cref="LengthOf"/>'s.</summary>
    public static ReadOnlySpan<uint> Entries => Table;

    public static uint BitsOf(uint entry) => entry >> LengthBits;

    /// <summary>At most 25: 13 for a black make-up code, 12 for a black terminating one.</summary>
    public static int LengthOf(uint entry) => (int)(entry & ((1 << LengthBits) - 1));

    private static uint[] Build()
    {
        var table = new uint[Black + LongestRun + 1];
        for (var run = 0; run <= LongestRun; run++)
        {
            table[run] = Entry(RunCodes.White, run);
            table[Black + run] = Entry(RunCodes.Black, run);
        }

        return table;
    }

    private static uint Entry(RunCodes codes, int run)
    {
        var makeUp = codes.MakeUp[run >> 6];
        var terminating = codes.Terminating[run & 63];
        var bits = ((uint)makeUp.Bits << terminating.Length) | (uint)terminating.Bits;
        return (bits << LengthBits) | (uint)(makeUp.Length + terminating.Length);
    }
}
