using System.Runtime.CompilerServices;

namespace Faxbot.Imaging.T4;

/// <summary>Writes the data of one row from its changing elements: one-dimensional (T.4 4.1.1) or two-dimensional (T.4 4.2.1.3).</summary>
internal static class RowWriter
{
    /// <summary>Runs of alternating colour, beginning with white, until they reach the width.</summary>
    public static void WriteOneDimensional(ref BitWriter output, ReadOnlySpan<int> elements, int width)
    {
        var white = RunCodeTable.White.Entries;
        var black = RunCodeTable.Black.Entries;
        for (int i = ChangingElements.First, a0 = 0; a0 < width; i += 2)
        {
            WriteRun(ref output, white, elements[i] - a0);
            a0 = elements[i];
            if (a0 >= width) return;
            WriteRun(ref output, black, elements[i + 1] - a0);
            a0 = elements[i + 1];
        }
    }

    /// <summary>Pass, vertical and horizontal mode against the row above.</summary>
    public static void WriteTwoDimensional(ref BitWriter output, ReadOnlySpan<int> elements, ReadOnlySpan<int> reference, int width)
    {
        // a0 stands before the first pixel at first, so an element at 0 is right of it (T.4 4.2.1.3.2).
        for (int a0 = -1, current = ChangingElements.First, above = current; a0 < width;)
        {
            // b1: right of a0 and of the colour that a1 has, that is, at an index of the same parity.
            if ((current ^ above) % 2 != 0) above--;
            while (reference[above] <= a0 && reference[above] < width) above += 2;
            int a1 = elements[current], b1 = reference[above], b2 = reference[above + 1];
            if (b2 < a1)
            {
                output.Put(ModeCodes.Pass);
                a0 = b2;
            }
            else if (ModeCodes.IsVertical(a1 - b1))
            {
                output.Put(ModeCodes.Vertical(a1 - b1));
                a0 = a1;
                current++;
            }
            else
            {
                output.Put(ModeCodes.Horizontal);
                var a2 = elements[current + 1];
                var isBlack = current % 2 == 0;
                WriteRun(ref output, (isBlack ? RunCodeTable.Black : RunCodeTable.White).Entries, a1 - Math.Max(a0, 0));
                WriteRun(ref output, (isBlack ? RunCodeTable.White : RunCodeTable.Black).Entries, a2 - a1);
                a0 = a2;
                current += 2;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteRun(ref BitWriter output, ReadOnlySpan<uint> table, int run)
    {
        while (run > RunCodeTable.LongestRun)
        {
            output.Put(RunCodeTable.Longest);
            run -= RunCodeTable.LongestMakeUp;
        }

        var entry = table[run];
        output.Put(RunCodeTable.BitsOf(entry), RunCodeTable.LengthOf(entry));
    }
}
