namespace Faxbot.Documents.Grey;

/// <summary>Levels on a coarse grid, not all of them known (NaN).</summary>
internal sealed class Surface
{
    private readonly float[] _levels;

    public Surface(int columns, int rows)
    {
        (Columns, Rows) = (columns, rows);
        _levels = new float[columns * rows];
        Array.Fill(_levels, float.NaN);
    }

    public int Columns { get; }

    public int Rows { get; }

    public float this[int index]
    {
        get => _levels[index];
        set => _levels[index] = value;
    }

    /// <summary>Gives each unknown place the mean of what is known around it: of the grid of half as many places where that knows more.</summary>
    public void FillGaps()
    {
        if (!_levels.Any(float.IsNaN)) return;
        if (Columns == 1 && Rows == 1)
        {
            _levels[0] = 255;
            return;
        }

        var half = new Surface((Columns + 1) / 2, (Rows + 1) / 2);
        for (var i = 0; i < half._levels.Length; i++) half[i] = MeanOfKnown(i % half.Columns * 2, i / half.Columns * 2, 2);
        half.FillGaps();
        for (var i = 0; i < _levels.Length; i++)
        {
            if (float.IsNaN(_levels[i])) _levels[i] = half.MeanOfKnown((i % Columns / 2) - 1, (i / Columns / 2) - 1, 3);
        }
    }

    /// <summary>The levels, each the mean of its surroundings.</summary>
    public byte[] Smoothed()
    {
        var smooth = new byte[_levels.Length];
        for (var i = 0; i < smooth.Length; i++)
            smooth[i] = (byte)Math.Clamp(MeanOfKnown((i % Columns) - 1, (i / Columns) - 1, 3), 32, 255);
        return smooth;
    }

    private float MeanOfKnown(int left, int top, int size)
    {
        var (sum, count) = (0f, 0);
        for (var y = Math.Max(0, top); y < Math.Min(Rows, top + size); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(Columns, left + size); x++)
            {
                if (float.IsNaN(_levels[(y * Columns) + x])) continue;
                sum += _levels[(y * Columns) + x];
                count++;
            }
        }

        return count == 0 ? float.NaN : sum / count;
    }
}
