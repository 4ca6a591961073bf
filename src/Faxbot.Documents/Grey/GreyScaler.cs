using System.Drawing;

namespace Faxbot.Documents.Grey;

/// <summary>
/// Brings a picture to another size, row by row as it comes, holding one row of results: each pixel is the mean of what it covers where
/// the picture shrinks, and lies between its neighbours where it grows. Not thread-safe.
/// </summary>
internal sealed class GreyScaler
{
    private const int One = 1 << 14; // Weights of a pixel's sources add up to this.

    private readonly int _height;
    private readonly GreyPage _page;
    private readonly Rectangle _place;
    private readonly (int First, int Count, int Weight)[] _columns;
    private readonly int[] _weights;
    private readonly (int First, int Count, int Weight)[] _rows;
    private readonly int[] _rowWeights;
    private readonly ushort[][] _scaled;
    private readonly int[] _sums;
    private int _read;
    private int _written;

    /// <summary>Scales a picture of the given size into a place of a page.</summary>
    public GreyScaler(int width, int height, GreyPage page, Rectangle place)
    {
        (_height, _page, _place) = (height, page, place);
        (_columns, _weights) = Kernel(width, place.Width);
        (_rows, _rowWeights) = Kernel(height, place.Height);
        _sums = new int[place.Width];
        _scaled = new ushort[_rows.Max(row => row.Count) + 1][];
        for (var i = 0; i < _scaled.Length; i++) _scaled[i] = new ushort[place.Width];
    }

    /// <summary>Takes the picture's next row.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (_read == _height) throw new InvalidOperationException("All rows of the picture have been added.");
        var scaled = _scaled[_read % _scaled.Length];
        for (var x = 0; x < scaled.Length; x++)
        {
            var (first, count, weight) = _columns[x];
            var sum = 0;
            for (var i = 0; i < count; i++) sum += row[first + i] * _weights[weight + i];
            scaled[x] = (ushort)(sum >> 6); // 16 bits: 8 of the level and 8 behind the point.
        }

        _read++;
        while (_written < _rows.Length && _rows[_written].First + _rows[_written].Count <= _read) Write();
    }

    private void Write()
    {
        var (first, count, weight) = _rows[_written];
        var row = _page.Row(_place.Top + _written).Slice(_place.Left, _place.Width);
        var sums = _sums.AsSpan();
        sums.Fill(1 << 21); // Half a level: rounds.
        for (var i = 0; i < count; i++)
        {
            var scaled = _scaled[(first + i) % _scaled.Length];
            var share = _rowWeights[weight + i];
            for (var x = 0; x < row.Length; x++) sums[x] += scaled[x] * share;
        }

        for (var x = 0; x < row.Length; x++) row[x] = (byte)Math.Min(255, sums[x] >> 22);
        _written++;
    }

    // For each result the first source, how many there are, and where their weights begin.
    private static ((int First, int Count, int Weight)[] Results, int[] Weights) Kernel(int sources, int results)
    {
        var kernel = new (int First, int Count, int Weight)[results];
        var weights = new List<int>();
        var step = (double)sources / results;
        for (var i = 0; i < results; i++)
        {
            var (from, to) = step >= 1 ? (i * step, (i + 1) * step) : (((i + 0.5) * step) - 0.5, ((i + 0.5) * step) + 0.5);
            var first = Math.Clamp((int)Math.Floor(from), 0, sources - 1);
            var last = Math.Clamp((int)Math.Ceiling(to) - 1, first, sources - 1);
            kernel[i] = (first, last - first + 1, weights.Count);
            var rest = One;
            for (var source = first; source < last; source++)
            {
                var weight = (int)Math.Round(One * (Math.Min(to, source + 1) - Math.Max(from, source)) / (to - from));
                weight = Math.Clamp(weight, 0, rest);
                weights.Add(weight);
                rest -= weight;
            }

            weights.Add(rest);
        }

        return (kernel, [.. weights]);
    }
}
