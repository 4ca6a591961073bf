namespace Faxbot.Imaging.T4;

/// <summary>For reading: the mode that the next 7 bits begin with.</summary>
internal static class ModeLookup
{
    /// <summary>The longest code word. The extension codes (0000001xxx) have no entry: uncompressed mode is treated as damage.</summary>
    public const int Bits = 7;

    private static readonly Entry[] Entries = Build();

    internal enum Mode : byte
    {
        None,
        Pass,
        Horizontal,
        Vertical,
    }

    /// <summary>The code word at the top of <paramref name="bits"/>; <see cref="Mode.None"/> when there is none.</summary>
    public static Entry At(ulong bits) => Entries[(int)(bits >> (64 - Bits))];

    private static Entry[] Build()
    {
        var entries = new Entry[1 << Bits];
        Add(entries, ModeCodes.Pass, Mode.Pass, 0);
        Add(entries, ModeCodes.Horizontal, Mode.Horizontal, 0);
        for (var distance = -ModeCodes.Reach; distance <= ModeCodes.Reach; distance++)
            Add(entries, ModeCodes.Vertical(distance), Mode.Vertical, distance);
        return entries;
    }

    private static void Add(Entry[] entries, CodeWord word, Mode mode, int distance) =>
        entries.AsSpan(word.Bits << (Bits - word.Length), 1 << (Bits - word.Length))
            .Fill(new Entry(mode, (sbyte)distance, (byte)word.Length));

    internal readonly record struct Entry(Mode Mode, sbyte Distance, byte Length);
}
