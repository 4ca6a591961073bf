namespace Faxbot.Imaging.T4;

internal sealed partial class RowReader
{
    /// <summary>
    /// One-dimensional rows, two runs at a time. No branch depends on the data but the one that ends the loop, before anything that
    /// has no entry or that reaches the width.
    /// </summary>
    private void ReadRunsFast(BitQueue input)
    {
        var cursor = input.Cursor();
        var table = RunPairLookup.Entries;
        var elements = _elements.AsSpan();
        var (count, a0) = (_count, _a0);
        var colour = (uint)(~count & 1) << RunPairLookup.Bits;
        var last = 0u;
        while (cursor.CanRefill)
        {
            cursor.Refill();
            var entry = table[(int)((uint)(cursor.Bits >> (64 - RunPairLookup.Bits)) | colour)];
            var first = a0 + RunPairLookup.First(entry);
            var second = first + RunPairLookup.Second(entry);
            if (entry == 0 || second >= width) break;
            cursor.Skip(RunPairLookup.Length(entry));
            elements[count] = first;
            elements[count + 1] = second;
            count += RunPairLookup.Count(entry);
            colour = RunPairLookup.NextColour(entry, colour);
            a0 = second;
            last = entry;
        }

        if (last == 0) return;
        (_isInRun, _isStalled) = (RunPairLookup.Count(last) == 0, false);
        (_count, _a0) = (count, a0);
        input.MoveTo(cursor);
    }
}
