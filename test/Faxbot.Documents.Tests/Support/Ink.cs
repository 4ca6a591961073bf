using System.Drawing;
using System.Numerics;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Tests.Support;

/// <summary>What can be seen on a page.</summary>
internal static class Ink
{
    /// <summary>Black pixels in a part of the page.</summary>
    public static int Count(this PageBitmap page, Rectangle part)
    {
        var count = 0;
        for (var y = Math.Max(0, part.Top); y < Math.Min(page.Height, part.Bottom); y++)
        {
            for (var x = Math.Max(0, part.Left); x < Math.Min(page.Width, part.Right); x++) count += page[x, y] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Black pixels of the page.</summary>
    public static int Count(this PageBitmap page)
    {
        var count = 0;
        foreach (var octet in page.Rows) count += BitOperations.PopCount(octet);
        return count;
    }

    /// <summary>The share of black in a part of the page.</summary>
    public static double Share(this PageBitmap page, Rectangle part) => (double)page.Count(part) / (part.Width * part.Height);

    /// <summary>The smallest rectangle that holds all ink.</summary>
    public static Rectangle Bounds(this PageBitmap page)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                if (!page[x, y]) continue;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        return right < 0 ? Rectangle.Empty : Rectangle.FromLTRB(left, top, right + 1, bottom + 1);
    }

    /// <summary>Bands of rows with ink: lines of text.</summary>
    public static IReadOnlyList<(int Top, int Bottom)> Lines(this PageBitmap page)
    {
        var lines = new List<(int, int)>();
        var start = -1;
        for (var y = 0; y <= page.Height; y++)
        {
            var hasInk = y < page.Height && page.Row(y).ContainsAnyExcept((byte)0);
            if (hasInk && start < 0) start = y;
            if (hasInk || start < 0) continue;
            lines.Add((start, y));
            start = -1;
        }

        return lines;
    }

    /// <summary>Whether two pages are equal bit for bit.</summary>
    public static bool Same(PageBitmap one, PageBitmap other) => one.Width == other.Width && one.Rows.SequenceEqual(other.Rows);

    public static bool RowsEqual(PageBitmap one, int oneTop, PageBitmap other, int otherTop, int rows) =>
        one.Rows.Slice(oneTop * one.Stride, rows * one.Stride).SequenceEqual(other.Rows.Slice(otherTop * other.Stride, rows * other.Stride));
}
