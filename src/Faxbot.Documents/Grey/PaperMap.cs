using System.Drawing;
using System.Runtime.Intrinsics;

namespace Faxbot.Documents.Grey;

/// <summary>
/// How light the paper of a scanned page is at each place. Known where paper shows: grown from the most frequent light level for as
/// long as it changes slowly (a lamp that falls off, a page that bends); what differs at once (photographs, black edges) gets the
/// level of the paper around it.
/// </summary>
internal sealed class PaperMap
{
    private const int TilesInCell = 2;
    private const int CellAcross = TilesInCell * PageTiles.Across;
    private const double LargestStep = 0.035; // Paper may change by this share of its level from one cell to the next, some 4 mm.
    private const double LighterThanPaper = 1.06;
    private const double Usual = 0.015;       // The levels around the most frequent one are paper for certain.

    private readonly byte[] _levels;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _cellDown;
    private readonly byte[] _above;
    private readonly byte[] _below;
    private int _expanded = -1;

    /// <summary>The share of the page where paper shows.</summary>
    public double Share { get; }

    /// <summary>The share of the page that is lighter than its paper: none, unless what was taken for paper is the middle of a photograph.</summary>
    public double LighterShare { get; private init; }

    private PaperMap(double share, byte[] levels, int columns, int rows, int cellDown, int stride)
    {
        Share = share;
        (_levels, _columns, _rows, _cellDown) = (levels, columns, rows, cellDown);
        (_above, _below) = (new byte[stride], new byte[stride]);
    }

    /// <summary>Measures the part of the page that the document covers; what is white around it says nothing about paper.</summary>
    public static PaperMap Measure(PageTiles tiles, PageTone tone, Rectangle content)
    {
        var (columns, rows) = ((tiles.Columns + 1) / TilesInCell, (tiles.Rows + 1) / TilesInCell);
        var seen = new byte[columns * rows];
        for (var row = (content.Top + tiles.Down - 1) / tiles.Down; row < content.Bottom / tiles.Down; row++)
        {
            for (var column = (content.Left + PageTiles.Across - 1) / PageTiles.Across; column < content.Right / PageTiles.Across; column++)
            {
                ref var cell = ref seen[(row / TilesInCell * columns) + (column / TilesInCell)];
                cell = Math.Max(cell, (byte)Math.Max(0, tiles.Lightest[(row * tiles.Columns) + column] - (tone.Noise / 2)));
            }
        }

        var levels = new Surface(columns, rows);
        var known = Grow(seen, levels, MostFrequent(seen, tone.White));
        var covered = seen.Count(level => level > 0);
        levels.FillGaps();
        var smooth = levels.Smoothed();
        var lighter = seen.Zip(smooth).Count(cell => cell.First > cell.Second * LighterThanPaper);
        return new PaperMap((double)known / Math.Max(1, covered), smooth, columns, rows, tiles.Down * TilesInCell, tiles.Columns * PageTiles.Across)
        {
            LighterShare = (double)lighter / Math.Max(1, covered),
        };
    }

    /// <summary>The level of paper along row <paramref name="y"/>, for rows in ascending order.</summary>
    public void ReadRow(int y, Span<byte> row)
    {
        // Levels stand in the middle of their cells; in between they run straight.
        var position = Math.Max(0, y - (_cellDown / 2));
        var (cell, within) = Math.DivRem(position, _cellDown);
        if (cell != _expanded)
        {
            Expand(Math.Min(cell, _rows - 1), _above);
            Expand(Math.Min(cell + 1, _rows - 1), _below);
            _expanded = cell;
        }

        var (share, rest) = (Vector256.Create((ushort)(within * 256 / _cellDown)), Vector256.Create((ushort)(256 - (within * 256 / _cellDown))));
        for (var x = 0; x < row.Length; x += 32)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create<byte>(_above.AsSpan(x)));
            var (lowerNext, upperNext) = Vector256.Widen(Vector256.Create<byte>(_below.AsSpan(x)));
            Vector256.Narrow(((lower * rest) + (lowerNext * share)) >>> 8, ((upper * rest) + (upperNext * share)) >>> 8).CopyTo(row[x..]);
        }
    }

    /// <summary>The level of paper in the middle of a tile.</summary>
    public byte AtTile(int column, int row) => _levels[(row / TilesInCell * _columns) + (column / TilesInCell)];

    private void Expand(int cellRow, Span<byte> row)
    {
        var cells = _levels.AsSpan(cellRow * _columns, _columns);
        row[..(CellAcross / 2)].Fill(cells[0]);
        for (var (x, cell) = (CellAcross / 2, 0); x < row.Length; x += CellAcross, cell++)
        {
            var (here, step) = (cells[cell] * CellAcross, cells[Math.Min(cell + 1, _columns - 1)] - cells[cell]);
            foreach (ref var level in row[x..Math.Min(row.Length, x + CellAcross)])
            {
                level = (byte)(here / CellAcross);
                here += step;
            }
        }
    }

    // The most frequent level of the lighter half: of three neighbours each, because noise spreads them.
    private static byte MostFrequent(byte[] seen, byte white)
    {
        var counts = new int[258];
        foreach (var level in seen) counts[level + 1]++;
        var best = (int)white;
        for (var level = white / 2; level < 256; level++)
        {
            if (Around(level) > Around(best)) best = level;
        }

        return (byte)best;

        int Around(int level) => counts[level] + counts[level + 1] + counts[level + 2];
    }

    private static int Grow(byte[] seen, Surface levels, byte usual)
    {
        var queue = new Queue<int>();
        for (var i = 0; i < seen.Length; i++)
        {
            if (Math.Abs(seen[i] - usual) > usual * Usual) continue;
            levels[i] = seen[i];
            queue.Enqueue(i);
        }

        var known = queue.Count;
        while (queue.TryDequeue(out var at))
        {
            var column = at % levels.Columns;
            if (column > 0) Spread(at - 1, seen[at]);
            if (column + 1 < levels.Columns) Spread(at + 1, seen[at]);
            if (at >= levels.Columns) Spread(at - levels.Columns, seen[at]);
            if (at + levels.Columns < seen.Length) Spread(at + levels.Columns, seen[at]);
        }

        return known;

        void Spread(int to, byte from)
        {
            if (!float.IsNaN(levels[to]) || Math.Abs(seen[to] - from) > from * LargestStep) return;
            levels[to] = seen[to];
            queue.Enqueue(to);
            known++;
        }
    }
}
