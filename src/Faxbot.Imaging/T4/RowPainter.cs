namespace Faxbot.Imaging.T4;

/// <summary>Turns changing elements back into pixels.</summary>
internal static class RowPainter
{
    /// <summary>Paints a row: black from each element at an even index to the next.</summary>
    /// <param name="elements">Ascending, with <see cref="ChangingElements.Sentinels"/>.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="row">Exactly a stride of octets; all are written, pad bits with 0.</param>
    public static void Paint(ReadOnlySpan<int> elements, int width, Span<byte> row)
    {
        row.Clear();
        for (var i = 0; elements[i] < width; i += 2) Blacken(row, elements[i], elements[i + 1]);
    }

    private static void Blacken(Span<byte> row, int from, int to)
    {
        int first = from >> 3, last = to >> 3;
        var left = (byte)(0xFF >> (from & 7));
        var right = (byte)~(0xFF >> (to & 7));
        if (first == last)
        {
            row[first] |= (byte)(left & right);
            return;
        }

        row[first] |= left;
        row[(first + 1)..last].Fill(0xFF);
        if (right != 0) row[last] |= right;
    }
}
