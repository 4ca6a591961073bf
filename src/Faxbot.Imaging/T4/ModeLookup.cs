namespace Faxbot.Imaging.T4;

/// <summary>For reading: the mode that the next 7 bits begin with.</summary>
internal static class ModeLookup
{
    /// <summary>The longest code word. The extension codes (0000001xxx) have no entry: uncompressed mode is treated as damage.</summary>
    public const int Bits = 7;

    private static readonly Entry[] Table = Build();

    /// <summary>By the next 7 bits: their first code word; one of length 0 when there is none.</summary>
    public static ReadOnlySpan<Entry> Entries => Table;

    private static Entry[] Build()
    {
        var table = new Entry[1 << Bits];
        Add(table, ModeCodes.Pass, new Entry((byte)ModeCodes.Pass.Length, 1, 0, 0, 2));
        Add(table, ModeCodes.Horizontal, new Entry((byte)ModeCodes.Horizontal.Length, 0, 0, 0, 0));
        for (var distance = -ModeCodes.Reach; distance <= ModeCodes.Reach; distance++)
        {
            var word = ModeCodes.Vertical(distance);
            Add(table, word, new Entry((byte)word.Length, 0, (sbyte)distance, 1, -1));
        }

        return table;
    }

    private static void Add(Entry[] table, CodeWord word, Entry entry) =>
        table.AsSpan(word.Bits << (Bits - word.Length), 1 << (Bits - word.Length)).Fill(entry);

    /// <summary>
    /// A mode as numbers, so that pass and vertical mode are read by the same instructions: the new a0 is
    /// <paramref name="Distance"/> right of the element <paramref name="Offset"/> behind b1.
    /// </summary>
    /// <param name="Length">Of the code word; 0 when there is none.</param>
    /// <param name="Offset">1 for pass mode (b2), else 0.</param>
    /// <param name="Distance">Of vertical mode.</param>
    /// <param name="Elements">Changing elements that come of it: 1 for vertical mode, else 0.</param>
    /// <param name="Step">From b1's index to the first that b1 of the next code word can have; 0 for horizontal mode.</param>
    internal readonly record struct Entry(byte Length, byte Offset, sbyte Distance, byte Elements, sbyte Step)
    {
        public bool IsPass => Step > 0;

        public bool IsVertical => Step < 0;

        public bool IsHorizontal => Step == 0 && Length > 0;
    }
}
