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
/// <remarks>
/// This file reads one code word at a time with every check. Where enough data lie ahead, the loops in the other two files read what
/// is common and stop before what is not: the end of the row, damage, rare codes.
/// </remarks>
internal sealed partial class RowReader(int width)
{
    private int[] _elements = ChangingElements.NewList(width);
    private int[] _reference = ChangingElements.NewList(width);

    /// <summary>The index for the next element; odd: it will be one from white to black.</summary>
    private int _count;

    /// <summary>T.4 4.2.1.3.1: where coding stands; -1 left of the first pixel. Within a run, behind its make-up codes.</summary>
    private int _a0;

    /// <summary>An index that b1 is searched from.</summary>
    private int _above;

    /// <summary>Runs that are still to be read before the next mode; in one-dimensional rows there is no other.</summary>
    private int _runsLeft;
    private bool _isTwoDimensional;
    private bool _isInRun;
    private bool _isStalled;

    /// <summary>The changing elements of the last row that was accepted; none at first (T.6 2.2.1: an imaginary white row).</summary>
    public ReadOnlySpan<int> Accepted => _reference;

    /// <summary>The index behind the last of <see cref="Accepted"/>, or behind the width where that is in the list.</summary>
    public int AcceptedEnd { get; private set; } = ChangingElements.First;

    private bool IsComplete => _a0 >= width && !_isInRun && !(_isTwoDimensional && _runsLeft > 0);

    /// <summary>Begins a row.</summary>
    public void Begin(bool isTwoDimensional)
    {
        _count = ChangingElements.First;
        _above = ChangingElements.First;
        _isTwoDimensional = isTwoDimensional;
        _runsLeft = isTwoDimensional ? 0 : int.MaxValue;
        _a0 = isTwoDimensional ? -1 : 0;
        _isInRun = false;
        _isStalled = false;
    }

    /// <summary>The row is good: it becomes <see cref="Accepted"/>, and the reference of the next one.</summary>
    public void Accept()
    {
        ChangingElements.End(_elements, _count, width);
        AcceptedEnd = _count;
        (_elements, _reference) = (_reference, _elements);
    }

    /// <summary>Reads on until the row ends, or the data.</summary>
    public RowProgress Read(BitQueue input)
    {
        while (!IsComplete)
        {
            if (!_isTwoDimensional) ReadRunsFast(input);
            else if (_runsLeft == 0) ReadModesFast(input);
            if (IsComplete) break;
            var progress = _runsLeft > 0 ? ReadRun(input) : ReadMode(input);
            if (progress != RowProgress.Complete) return progress;
        }

        return RowProgress.Complete;
    }

    private static RowProgress Incomplete(BitQueue input, int longest) =>
        input.IsComplete || input.Available >= longest ? RowProgress.Damaged : RowProgress.Starved;

    private RowProgress ReadRun(BitQueue input)
    {
        var codes = _count % 2 != 0 ? RunLookup.White : RunLookup.Black;
        var entry = codes.Entries[(int)(input.Peek() >> (64 - RunLookup.Bits))];
        if (entry.Length == 0 || entry.Length > input.Available) return Incomplete(input, RunLookup.Bits);
        if (entry.Run > width - _a0) return RowProgress.Damaged;
        var isEmpty = entry.Run == 0 && !_isInRun;
        if (isEmpty && _isStalled) return RowProgress.Damaged;
        input.Skip(entry.Length);
        _a0 += entry.Run;
        _isInRun = entry.IsMakeUp;
        if (!_isInRun) EndRun(isEmpty);
        return RowProgress.Complete;
    }

    /// <summary>
    /// A run of no pixels joins its neighbours: coders that know no make-up code above 1728 split longer runs so. Two of them in a row
    /// move nothing and are refused.
    /// </summary>
    private void EndRun(bool isEmpty)
    {
        _isStalled = isEmpty;
        _runsLeft--;
        if (isEmpty && _count > ChangingElements.First) _count--;
        else _elements[_count++] = _a0;
    }

    private RowProgress ReadMode(BitQueue input)
    {
        var entry = ModeLookup.Entries[(int)(input.Peek() >> (64 - ModeLookup.Bits))];
        if (entry.Length == 0 || entry.Length > input.Available) return Incomplete(input, ModeLookup.Bits);
        FindAbove();
        if (entry.IsHorizontal)
        {
            _runsLeft = 2;
            _isStalled = false;
            _a0 = Math.Max(_a0, 0);
        }
        else
        {
            // A pass may not end the row: what follows b2 up to the width is still to be coded.
            var next = _reference[_above + entry.Offset] + entry.Distance;
            if (next <= _a0 || next > width || (entry.IsPass && next == width)) return RowProgress.Damaged;
            _a0 = next;
            if (entry.IsVertical) _elements[_count++] = next;
        }

        input.Skip(entry.Length);
        return RowProgress.Complete;
    }

    /// <summary>Moves to b1: right of a0, and at an index of the parity of a1's (T.4 4.2.1.3.1).</summary>
    private void FindAbove()
    {
        if (((_count ^ _above) & 1) != 0) _above--;
        while (_reference[_above] <= _a0) _above += 2;
    }
}
