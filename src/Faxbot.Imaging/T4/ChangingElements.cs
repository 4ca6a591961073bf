using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Faxbot.Imaging.T4;

/// <summary>
/// The changing elements of a row (T.4 4.2.1.3.1): positions of pixels whose colour differs from the pixel to their left, strictly
/// ascending, the pixel before the row being white. A list begins with -1, which is left of every pixel; so those at odd indexes are
/// white to black, those at even ones black to white. Behind the last one stand <see cref="Sentinels"/> entries with the width of the
/// row. So searches need not look at the list's ends, nor do those that read eight elements at once.
/// </summary>
internal static class ChangingElements
{
    /// <summary>The index of the first element.</summary>
    public const int First = 1;

    /// <summary>How many times the width stands behind the last element.</summary>
    public const int Sentinels = 16;

    /// <summary>By octet: the places of its ones, the most significant being 0, an octet each and the first lowest.</summary>
    private static readonly ulong[] Places = BuildPlaces();

    /// <summary>A list for rows of this width, as of a white row.</summary>
    public static int[] NewList(int width)
    {
        // At most one element a pixel and one at the width.
        var list = new int[First + width + 1 + Sentinels];
        list[0] = -1;
        End(list, First, width);
        return list;
    }

    /// <summary>Puts the sentinels at <paramref name="end"/>, the index behind the last element.</summary>
    public static void End(Span<int> list, int end, int width)
    {
        ref var first = ref MemoryMarshal.GetReference(list.Slice(end, Sentinels));
        var widths = Vector256.Create(width);
        widths.StoreUnsafe(ref first);
        widths.StoreUnsafe(ref first, Sentinels / 2);
    }

    /// <summary>Lists the elements of a row; pad bits right of <paramref name="width"/> do not count.</summary>
    public static void Find(ReadOnlySpan<byte> row, int width, Span<int> list)
    {
        var count = First;
        var left = 0UL;
        var x = 0;
        for (; x + 64 <= width; x += 64, row = row[8..])
        {
            var pixels = BinaryPrimitives.ReadUInt64BigEndian(row);
            count = Add(pixels ^ ((pixels >> 1) | (left << 63)), x, list, count);
            left = pixels & 1;
        }

        if (x < width)
        {
            var pixels = 0UL;
            for (var i = 0; i < row.Length; i++) pixels |= (ulong)row[i] << (56 - 8 * i);
            var edges = pixels ^ ((pixels >> 1) | (left << 63));
            count = Add(edges & ~(ulong.MaxValue >> (width - x)), x, list, count);
        }

        End(list, count, width);
    }

    /// <summary>
    /// Adds the elements of a word, octet by octet and without asking how many each has: a loop over the bits would end at another turn
    /// in each word, which the processor cannot foresee. Up to eight places behind the last element are written with no meaning.
    /// </summary>
    private static int Add(ulong edges, int x, Span<int> list, int count)
    {
        if (edges == 0) return count;
        ReadOnlySpan<ulong> places = Places;
        for (var rest = edges; rest != 0; rest <<= 8, x += 8)
        {
            var octet = (byte)(rest >> 56);
            var elements = Vector256.Create(x) + Spread(places[octet]);
            elements.CopyTo(list[count..]);
            count += BitOperations.PopCount(octet);
        }

        return count;
    }

    /// <summary>Eight octets as eight numbers.</summary>
    private static Vector256<int> Spread(ulong octets) =>
        Vector256.WidenLower(Vector256.WidenLower(Vector256.CreateScalarUnsafe(octets).AsByte())).AsInt32();

    private static ulong[] BuildPlaces()
    {
        var table = new ulong[256];
        for (var octet = 0; octet < table.Length; octet++)
        {
            for (int place = 0, count = 0; place < 8; place++)
            {
                if ((octet & (0x80 >> place)) != 0) table[octet] |= (ulong)place << (8 * count++);
            }
        }

        return table;
    }
}
