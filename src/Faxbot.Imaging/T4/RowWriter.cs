using System.Runtime.CompilerServices;

namespace Faxbot.Imaging.T4;

/// <summary>Writes the data of one row from its changing elements: one-dimensional (T.4 4.1.1) or two-dimensional (T.4 4.2.1.3).</summary>
/// <remarks>
/// The loops work on a copy of the writer, which stays in registers. What is common is one put of bits: a white run with its black one,
/// a mode with its runs.
/// </remarks>
internal static class RowWriter
{
    /// <summary>Runs of alternating colour, beginning with white, until they reach the width.</summary>
    public static void WriteOneDimensional(ref BitWriter destination, ReadOnlySpan<int> elements, int width)
    {
        var output = destination;
        var codes = RunCodeTable.Entries;
        var (i, a0) = (ChangingElements.First, 0);
        for (; elements[i + 1] < width; i += 2)
        {
            var (a1, a2) = (elements[i], elements[i + 1]);
            WriteRuns(ref output, codes, 0, a1 - a0, a2 - a1, default);
            a0 = a2;
        }

        if (elements[i] < width) WriteRuns(ref output, codes, 0, elements[i] - a0, width - elements[i], default);
        else WriteRun(ref output, 0, width - a0);
        destination = output;
    }

    /// <summary>Pass, vertical and horizontal mode against the row above.</summary>
    public static void WriteTwoDimensional(ref BitWriter destination, ReadOnlySpan<int> elements, ReadOnlySpan<int> reference, int width)
    {
        var output = destination;
        var codes = RunCodeTable.Entries;
        for (int a0 = 0, current = ChangingElements.First, above = current; ;)
        {
            int a1 = elements[current], b1 = reference[above], b2 = reference[above + 1];
            if (b2 < a1)
            {
                output.Put(ModeCodes.Pass);
                a0 = b2;
                above += 2;
                continue;
            }

            var distance = a1 - b1;
            if (ModeCodes.IsVertical(distance))
            {
                output.Put(ModeCodes.Vertical(distance));
                a0 = a1;
                current++;
                above--;
            }
            else
            {
                var a2 = elements[current + 1];
                WriteRuns(ref output, codes, current % 2 == 0 ? RunCodeTable.Black : 0, a1 - a0, a2 - a1, ModeCodes.Horizontal);
                a0 = a2;
                current += 2;
            }

            if (a0 >= width) break;
            while (reference[above] <= a0) above += 2;
        }

        destination = output;
    }

    /// <summary>A run, the next one, which has the other colour, and a code word before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteRuns(ref BitWriter output, ReadOnlySpan<uint> codes, int colour, int first, int second, CodeWord before)
    {
        if (first + second > RunCodeTable.LongestRun)
        {
            var copy = output;
            copy.Put(before);
            WriteRun(ref copy, colour, first);
            WriteRun(ref copy, colour ^ RunCodeTable.Black, second);
            output = copy;
            return;
        }

        var (one, two) = (codes[colour + first], codes[(colour ^ RunCodeTable.Black) + second]);
        var length = RunCodeTable.LengthOf(two);
        var bits = ((ulong)RunCodeTable.BitsOf(one) << length) | RunCodeTable.BitsOf(two);
        length += RunCodeTable.LengthOf(one);
        output.Put(((ulong)before.Bits << length) | bits, before.Length + length);
    }

    /// <summary>A run of any length.</summary>
    private static void WriteRun(ref BitWriter output, int colour, int run)
    {
        for (; run > RunCodeTable.LongestRun; run -= RunCodeTable.LongestMakeUp) output.Put(RunCodeTable.Longest);
        var entry = RunCodeTable.Entries[colour + run];
        output.Put(RunCodeTable.BitsOf(entry), RunCodeTable.LengthOf(entry));
    }
}
