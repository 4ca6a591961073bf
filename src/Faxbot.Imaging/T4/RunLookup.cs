namespace Faxbot.Imaging.T4;

/// <summary>For reading: the run of one colour that the next 13 bits begin with.</summary>
internal sealed class RunLookup
{
    /// <summary>The longest code word.</summary>
    public const int Bits = 13;

    private readonly Entry[] _entries = new Entry[1 << Bits];

    private RunLookup(RunCodes codes)
    {
        for (var run = 0; run < codes.Terminating.Length; run++) Add(codes.Terminating[run], run, isMakeUp: false);
        for (var n = 1; n < codes.MakeUp.Length; n++) Add(codes.MakeUp[n], 64 * n, isMakeUp: true);
    }

    public static RunLookup White { get; } = new(RunCodes.White);

    public static RunLookup Black { get; } = new(RunCodes.Black);

    /// <summary>By the next 13 bits: their first code word; one of length 0 when there is none.</summary>
    public ReadOnlySpan<Entry> Entries => _entries;

    private void Add(CodeWord word, int run, bool isMakeUp)
    {
        var first = word.Bits << (Bits - word.Length);
        _entries.AsSpan(first, 1 << (Bits - word.Length)).Fill(new Entry((short)run, (byte)word.Length, isMakeUp));
    }

    internal readonly record struct Entry(short Run, byte Length, bool IsMakeUp);
}
