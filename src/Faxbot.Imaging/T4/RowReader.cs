namespace Faxbot.Imaging.T4;

/// <summary>How far <see cref="RowReader.Read"/> came.</summary>
internal enum RowProgress
{
    /// <summary>The runs reached the width.</summary>
    Complete,
    /// <summary>The data ends within a code word; the row goes on when there is more.</summary>
    Starved,
    /// <summary>A code word that cannot stand here, or the end of all data. The queue stands before it.</summary>
    Damaged,
}

/// <summary>
/// Reads the data of one row into its changing elements, code word by code word, and can stop between any two of them.
/// What was read of a code word never changes, so how the data came in pieces does not show. Each code word moves a0 to the right
/// or is refused, so a row ends after at most as many words as it has pixels.
/// </summary>
internal sealed class RowReader(int width)
{
    private int[] _elements = new int[ChangingElements.Capacity(width)];
    private int[] _reference = NewReference(width);
    private int _count;
    private int _a0;
    private int _above;
    private int _run;
    private int _runsLeft;
    private bool _isTwoDimensional;
    private bool _stalled;

    /// <summary>The changing elements of the last row that was accepted; none at first (T.6 2.2.1: an imaginary white row).</summary>
    public ReadOnlySpan<int> Accepted => _reference;

    /// <summary>Begins a row.</summary>
    public void Begin(bool isTwoDimensional)
    {
        _count = 0;
        _a0 = 0;
        _above = 0;
        _run = 0;
        _stalled = false;
        _isTwoDimensional = isTwoDimensional;
        _runsLeft = isTwoDimensional ? 0 : int.MaxValue;
    }

    /// <summary>The row is good: it becomes <see cref="Accepted"/>, and the reference of the next one.</summary>
    public void Accept()
    {
        _elements.AsSpan(_count, ChangingElements.Sentinels).Fill(width);
        (_elements, _reference) = (_reference, _elements);
    }

    /// <summary>Reads on until the row ends, or the data.</summary>
    public RowProgress Read(BitQueue input)
    {
        while (_a0 < width || (_runsLeft > 0 && _isTwoDimensional))
        {
            var progress = _runsLeft > 0 ? ReadRun(input) : ReadMode(input);
            if (progress != RowProgress.Complete) return progress;
        }

        return RowProgress.Complete;
    }

    private static int[] NewReference(int width)
    {
        var reference = new int[ChangingElements.Capacity(width)];
        reference.AsSpan(0, ChangingElements.Sentinels).Fill(width);
        return reference;
    }

    private static RowProgress Incomplete(BitQueue input, int longest) =>
        input.IsComplete || input.Available >= longest ? RowProgress.Damaged : RowProgress.Starved;

    private RowProgress ReadRun(BitQueue input)
    {
        var entry = (_count % 2 == 0 ? RunLookup.White : RunLookup.Black)[input.Peek()];
        if (entry.Length == 0 || entry.Length > input.Available) return Incomplete(input, RunLookup.Bits);
        if (entry.Run > width - _a0 - _run) return RowProgress.Damaged;
        var run = _run + entry.Run;
        if (!entry.IsMakeUp && run == 0 && _stalled) return RowProgress.Damaged;
        input.Skip(entry.Length);
        _run = run;
        if (!entry.IsMakeUp) EndRun();
        return RowProgress.Complete;
    }

    /// <summary>
    /// A run of no pixels joins its neighbours: coders that know no make-up code above 1728 split longer runs so. Two of them in a row
    /// move nothing and are refused.
    /// </summary>
    private void EndRun()
    {
        _stalled = _run == 0;
        _a0 += _run;
        _run = 0;
        _runsLeft--;
        if (_stalled && _count > 0) _count--;
        else _elements[_count++] = _a0;
    }

    private RowProgress ReadMode(BitQueue input)
    {
        var entry = ModeLookup.At(input.Peek());
        if (entry.Mode == ModeLookup.Mode.None || entry.Length > input.Available) return Incomplete(input, ModeLookup.Bits);

        // b1: right of a0 and at an index of the parity of a1's. At the start a0 is left of the first pixel (T.4 4.2.1.3.2).
        if (((_count ^ _above) & 1) != 0) _above += _above > 0 ? -1 : 1;
        while (_a0 > 0 && _reference[_above] <= _a0) _above += 2;
        switch (entry.Mode)
        {
            case ModeLookup.Mode.Horizontal:
                _runsLeft = 2;
                _stalled = false;
                break;
            case ModeLookup.Mode.Pass:
                if (_reference[_above + 1] >= width) return RowProgress.Damaged;
                _a0 = _reference[_above + 1];
                break;
            default:
                var a1 = _reference[_above] + entry.Distance;
                if (a1 > width || (a1 <= _a0 && _a0 > 0) || a1 < 0) return RowProgress.Damaged;
                _a0 = a1;
                _elements[_count++] = a1;
                break;
        }

        input.Skip(entry.Length);
        return RowProgress.Complete;
    }
}
