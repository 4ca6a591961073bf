using System.Buffers.Binary;
using System.Numerics;

namespace Faxbot.Imaging.T4;

/// <summary>
/// The changing elements of a row (T.4 4.2.1.3.1): positions of pixels whose colour differs from the pixel to their left, strictly
/// ascending, the pixel before the row being white. So those at even indexes are white to black, those at odd ones black to white.
/// Behind the last one stand <see cref="Sentinels"/> entries with the width of the row, so that searches need not count.
/// </summary>
internal static class ChangingElements
{
    /// <summary>How many times the width stands behind the last element.</summary>
    public const int Sentinels = 4;

    /// <summary>The entries that a list for rows of this width needs.</summary>
    public static int Capacity(int width) => width + 1 + Sentinels;

    /// <summary>Lists the elements of a row; pad bits right of <paramref name="width"/> do not count.</summary>
    /// <returns>How many there are, sentinels not counted.</returns>
    public static int Find(ReadOnlySpan<byte> row, int width, Span<int> elements)
    {
        var count = 0;
        var left = 0UL;
        var x = 0;
        for (; x + 64 <= width; x += 64, row = row[8..])
        {
            var pixels = BinaryPrimitives.ReadUInt64BigEndian(row);
            count = Add(pixels ^ ((pixels >> 1) | (left << 63)), x, elements, count);
            left = pixels & 1;
        }

        if (x < width)
        {
            var pixels = 0UL;
            for (var i = 0; i < row.Length; i++) pixels |= (ulong)row[i] << (56 - 8 * i);
            var edges = pixels ^ ((pixels >> 1) | (left << 63));
            count = Add(edges & ~(ulong.MaxValue >> (width - x)), x, elements, count);
        }

        elements.Slice(count, Sentinels).Fill(width);
        return count;
    }

    private static int Add(ulong edges, int x, Span<int> elements, int count)
    {
        for (; edges != 0; edges &= ~(1UL << 63 >> BitOperations.LeadingZeroCount(edges)))
            elements[count++] = x + BitOperations.LeadingZeroCount(edges);
        return count;
    }
}
