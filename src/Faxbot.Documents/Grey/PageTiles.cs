using System.Runtime.Intrinsics;

namespace Faxbot.Documents.Grey;

/// <summary>The darkest and the lightest pixel of each tile of a page; tiles are <see cref="Across"/> x <see cref="Down"/> pixels.</summary>
internal sealed class PageTiles
{
    /// <summary>Pixels across a tile: half of a vector.</summary>
    public const int Across = 16;

    private readonly byte[] _darkest;
    private readonly byte[] _lightest;

    private PageTiles(int columns, int rows, int down)
    {
        (Columns, Rows, Down) = (columns, rows, down);
        _darkest = new byte[columns * rows];
        _lightest = new byte[columns * rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Rows of pixels in a tile; the lowest tiles may have fewer.</summary>
    public int Down { get; }

    /// <summary>By row, then column.</summary>
    public ReadOnlySpan<byte> Darkest => _darkest;

    /// <summary>By row, then column.</summary>
    public ReadOnlySpan<byte> Lightest => _lightest;

    public static PageTiles Measure(GreyPage page, int down)
    {
        var tiles = new PageTiles(page.Stride / Across, (page.Height + down - 1) / down, down);
        for (var row = 0; row < tiles.Rows; row++) tiles.MeasureRow(page, row);
        return tiles;
    }

    private void MeasureRow(GreyPage page, int row)
    {
        var (first, end) = (row * Down, Math.Min(page.Height, (row + 1) * Down));
        for (var column = 0; column < Columns; column += 2)
        {
            var pixels = page.Pixels[(column * Across)..];
            var darkest = Vector256<byte>.AllBitsSet;
            var lightest = Vector256<byte>.Zero;
            for (var y = first; y < end; y++)
            {
                var here = Vector256.Create<byte>(pixels[(y * page.Stride)..]);
                darkest = Vector256.Min(darkest, here);
                lightest = Vector256.Max(lightest, here);
            }

            var at = (row * Columns) + column;
            (_darkest[at], _darkest[at + 1]) = (Least(darkest.GetLower()), Least(darkest.GetUpper()));
            (_lightest[at], _lightest[at + 1]) = ((byte)~Least(~lightest.GetLower()), (byte)~Least(~lightest.GetUpper()));
        }
    }

    private static byte Least(Vector128<byte> values)
    {
        values = Vector128.Min(values, Vector128.Shuffle(values.AsUInt64(), Vector128.Create(1ul, 0)).AsByte());
        values = Vector128.Min(values, Vector128.Shuffle(values.AsUInt32(), Vector128.Create(1u, 0, 3, 2)).AsByte());
        values = Vector128.Min(values, Vector128.Shuffle(values.AsUInt16(), Vector128.Create((ushort)1, 0, 3, 2, 5, 4, 7, 6)).AsByte());
        return Math.Min(values[0], values[1]);
    }
}
