using System.Runtime.CompilerServices;

namespace Faxbot.Imaging.T4;

/// <summary>The two runs of horizontal mode.</summary>
/// <param name="First">Pixels of the first run.</param>
/// <param name="Second">Pixels of the second run; 0 also when the bits were not read.</param>
/// <param name="Length">Bits of both.</param>
internal readonly record struct RunPair(int First, int Second, int Length)
{
    /// <summary>Reads runs of at most one make-up code each (50 bits); all others, and what is no run, come back as no pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RunPair Read(ulong bits, bool isBlack)
    {
        var entry = RunPairLookup.Entries[(int)((uint)(bits >> (64 - RunPairLookup.Bits)) | (isBlack ? 1u << RunPairLookup.Bits : 0))];
        return RunPairLookup.Count(entry) == 2
            ? new RunPair(RunPairLookup.First(entry), RunPairLookup.Second(entry), RunPairLookup.Length(entry))
            : ReadLong(bits, isBlack);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RunPair ReadLong(ulong bits, bool isBlack)
    {
        var length = 0;
        var first = ReadRun((isBlack ? RunLookup.Black : RunLookup.White).Entries, bits, ref length);
        var second = ReadRun((isBlack ? RunLookup.White : RunLookup.Black).Entries, bits << length, ref length);
        return first < 0 || second < 0 ? default : new RunPair(first, second, length);
    }

    private static int ReadRun(ReadOnlySpan<RunLookup.Entry> codes, ulong bits, ref int length)
    {
        var entry = codes[(int)(bits >> (64 - RunLookup.Bits))];
        length += entry.Length;
        if (!entry.IsMakeUp) return entry.Length > 0 ? entry.Run : -1;
        var rest = codes[(int)((bits << entry.Length) >> (64 - RunLookup.Bits))];
        length += rest.Length;
        return rest.Length > 0 && !rest.IsMakeUp ? entry.Run + rest.Run : -1;
    }
}
