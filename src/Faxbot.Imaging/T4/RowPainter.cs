using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Faxbot.Imaging.T4;

/// <summary>Turns changing elements back into pixels.</summary>
internal sealed class RowPainter
{
    /// <summary>
    /// Elements take turns between so many rows of words: neighbours mostly fall into one word, and would wait for each other there.
    /// </summary>
    private const int Lanes = 4;

    private readonly int _width;

    /// <summary>Words of a lane: those of a row and one for the width, rounded up to whole vectors.</summary>
    private readonly int _laneLength;

    /// <summary>The lanes, one behind the other; all 0 between calls.</summary>
    private readonly ulong[] _words;

    public RowPainter(int width)
    {
        _width = width;
        _laneLength = ((width >> 6) + Vector256<ulong>.Count) & -Vector256<ulong>.Count;
        _words = new ulong[_laneLength * Lanes];
    }

    /// <summary>Paints a row: black from each element at an odd index to the next.</summary>
    /// <param name="elements">A list as <see cref="ChangingElements"/> describes, of this painter's width.</param>
    /// <param name="end">The index behind the last element of the list.</param>
    /// <param name="row">Exactly a stride of octets; all are written, pad bits with 0.</param>
    public void Paint(ReadOnlySpan<int> elements, int end, Span<byte> row)
    {
        if (end == ChangingElements.First)
        {
            row.Clear();
            return;
        }

        MarkElements(elements[..(end + ChangingElements.Sentinels)], end);
        JoinLanes();
        WriteRow(row);
    }

    /// <summary>
    /// Every element turns the colour of all pixels from its own to the end of its word. The sentinels, which fill the last turn, are
    /// at the width and turn pad bits at most. Elements are from 0 to the width, so no word is missed.
    /// </summary>
    private void MarkElements(ReadOnlySpan<int> elements, int end)
    {
        ref var first = ref MemoryMarshal.GetReference(elements);
        ref var lane0 = ref MemoryMarshal.GetArrayDataReference(_words);
        ref var lane1 = ref Unsafe.Add(ref lane0, _laneLength);
        ref var lane2 = ref Unsafe.Add(ref lane1, _laneLength);
        ref var lane3 = ref Unsafe.Add(ref lane2, _laneLength);
        for (var i = ChangingElements.First; i < end; i += Lanes)
        {
            ref var element = ref Unsafe.Add(ref first, i);
            Mark(ref lane0, element);
            Mark(ref lane1, Unsafe.Add(ref element, 1));
            Mark(ref lane2, Unsafe.Add(ref element, 2));
            Mark(ref lane3, Unsafe.Add(ref element, 3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mark(ref ulong lane, int x) => Unsafe.Add(ref lane, x >> 6) ^= ulong.MaxValue >> x;

    /// <summary>Gathers all in the first lane and clears the others.</summary>
    private void JoinLanes()
    {
        var lane0 = _words.AsSpan(0, _laneLength);
        var lane1 = _words.AsSpan(_laneLength, _laneLength);
        var lane2 = _words.AsSpan(2 * _laneLength, _laneLength);
        var lane3 = _words.AsSpan(3 * _laneLength, _laneLength);
        for (var i = 0; i <= _laneLength - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
        {
            var joined = Vector256.Create<ulong>(lane0[i..]) ^ Vector256.Create<ulong>(lane1[i..])
                ^ Vector256.Create<ulong>(lane2[i..]) ^ Vector256.Create<ulong>(lane3[i..]);
            joined.CopyTo(lane0[i..]);
        }

        _words.AsSpan(_laneLength).Clear();
    }

    /// <summary>The last pixel of a word is the colour that the next one begins with.</summary>
    private void WriteRow(Span<byte> row)
    {
        var words = _words.AsSpan(0, _laneLength);
        var colour = 0UL;
        var whole = _width >> 6;
        var target = row[..(whole * sizeof(ulong))];
        for (var i = 0; i < whole; i++)
        {
            var word = words[i] ^ colour;
            colour = 0 - (word & 1);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetReference(target), i * sizeof(ulong)),
                BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word);
        }

        var rest = (words[whole] ^ colour) & ~(ulong.MaxValue >> _width);
        foreach (ref var octet in row[target.Length..])
        {
            octet = (byte)(rest >> 56);
            rest <<= 8;
        }

        words.Clear();
    }
}
