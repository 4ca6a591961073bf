using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Faxbot.Imaging.T4;

internal sealed partial class RowReader
{
    /// <summary>Codes of V0 that <see cref="ReadCommonModes"/> takes at once.</summary>
    private const int MostAtOnce = 8;

    /// <summary>Two-dimensional rows, up to what is rare.</summary>
    private void ReadModesFast(BitQueue input)
    {
        var cursor = input.Cursor();
        if (!cursor.CanRefill) return;
        FindAbove();
        do ReadCommonModes(ref cursor);
        while (TryReadHorizontal(ref cursor));
        ReadLastElements(ref cursor);
        input.MoveTo(cursor);
    }

    /// <summary>
    /// Pass and vertical mode by the same instructions: which of the two, and how far, is as good as random in a dithered page, so no
    /// branch may depend on it; horizontal mode, which is rarer, by a branch. Each turn takes the codes of V0 that come first, up to
    /// eight, and one more code. Stops before long runs, before what does not move a0 to the right, and before what reaches the end of
    /// the row.
    /// </summary>
    /// <remarks>
    /// The indexes need no check: a0 ascends and stays left of the width, so at most as many elements as the list has room for are
    /// written, and b1 is at most the second sentinel, which leaves enough of them for what is read from there on.
    /// </remarks>
    private void ReadCommonModes(ref BitCursor start)
    {
        var cursor = start;
        ref var modes = ref MemoryMarshal.GetReference(ModeLookup.Entries);
        ref var element = ref _elements[_count];
        ref var above = ref _reference[_above];
        var (a0, end, colour) = (_a0, width, (~_count & 1) << RunPairLookup.Bits);
        while (cursor.CanRefill)
        {
            cursor.Refill();
            var same = BitOperations.LeadingZeroCount(~cursor.Bits | (ulong.MaxValue >> MostAtOnce));
            Vector256.LoadUnsafe(ref above).StoreUnsafe(ref element);
            ref var b1 = ref Unsafe.Add(ref above, same);
            var last = a0 + ((Unsafe.Add(ref b1, -1) - a0) & (-same >> 31));
            if (last >= end) break;
            cursor.Skip(same);
            element = ref Unsafe.Add(ref element, same);
            above = ref b1;
            a0 = last;
            colour ^= (same & 1) << RunPairLookup.Bits;

            ref var mode = ref Unsafe.Add(ref modes, (nint)(cursor.Bits >> (64 - ModeLookup.Bits)));
            if (mode.Step == 0)
            {
                if (mode.Length == 0 || !TryReadShortRuns(ref cursor, colour, end, ref element, ref a0)) break;
                element = ref Unsafe.Add(ref element, 2);
                while (above <= a0) above = ref Unsafe.Add(ref above, 2);
                continue;
            }

            var next = Unsafe.Add(ref above, (nint)mode.Offset) + mode.Distance;
            if (next <= a0 || next >= end) break;
            cursor.Skip(mode.Length);
            element = next;
            element = ref Unsafe.Add(ref element, (nint)mode.Elements);
            colour ^= mode.Elements << RunPairLookup.Bits;
            a0 = next;

            // On by two for each of the next two that is not right of a0, written so that it becomes no branch. More is rare.
            above = ref Unsafe.Add(ref b1, (nint)mode.Step);
            var passed = ToInt(above <= a0) + ToInt(Unsafe.Add(ref above, 2) <= a0);
            above = ref Unsafe.Add(ref above, 2 * passed);
            while (above <= a0) above = ref Unsafe.Add(ref above, 2);
        }

        (_a0, _count, _above) = (a0, IndexOf(ref element, _elements), IndexOf(ref above, _reference));
        start = cursor;
    }

    /// <summary>Horizontal mode whose runs share an entry and end before the width; nothing is read when it is not that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadShortRuns(ref BitCursor cursor, int colour, int end, ref int element, ref int a0)
    {
        var bits = (uint)(cursor.Bits << ModeCodes.HorizontalLength >> (64 - RunPairLookup.Bits));
        var pair = RunPairLookup.Entries[(int)(bits | (uint)colour)];
        var a1 = Math.Max(a0, 0) + RunPairLookup.First(pair);
        var a2 = a1 + RunPairLookup.Second(pair);
        if (RunPairLookup.Count(pair) != 2 || a2 >= end) return false;
        cursor.Skip(ModeCodes.HorizontalLength + RunPairLookup.Length(pair));
        element = a1;
        Unsafe.Add(ref element, 1) = a2;
        a0 = a2;
        return true;
    }

    private static nint ToInt(bool value) => Unsafe.BitCast<bool, byte>(value);

    private static int IndexOf(ref int element, int[] list) =>
        (int)(Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(list), ref element) / sizeof(int));

    /// <summary>Horizontal mode with two runs of any length that end before the width; nothing is read when it is not that.</summary>
    private bool TryReadHorizontal(ref BitCursor cursor)
    {
        if (!cursor.CanRefill) return false;
        cursor.Refill();
        if (!ModeLookup.Entries[(int)(cursor.Bits >> (64 - ModeLookup.Bits))].IsHorizontal) return false;
        var runs = RunPair.Read(cursor.Bits << ModeCodes.HorizontalLength, isBlack: _count % 2 == 0);
        var a1 = Math.Max(_a0, 0) + runs.First;
        var a2 = a1 + runs.Second;
        if (runs.Second == 0 || (runs.First == 0 && _a0 >= 0) || a2 >= width) return false;
        cursor.Skip(ModeCodes.HorizontalLength + runs.Length);
        _elements[_count] = a1;
        _elements[_count + 1] = a2;
        _count += 2;
        _a0 = a2;
        while (_reference[_above] <= a2) _above += 2;
        return true;
    }

    /// <summary>The codes of V0 that a row mostly ends with.</summary>
    private void ReadLastElements(ref BitCursor cursor)
    {
        if (!cursor.CanRefill) return;
        cursor.Refill();
        for (var left = BitCursor.Certain; (long)cursor.Bits < 0 && _a0 < width && left > 0; left--)
        {
            _a0 = _elements[_count++] = _reference[_above++];
            cursor.Skip(1);
        }
    }
}
