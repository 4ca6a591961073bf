using System.Drawing;

namespace Faxbot.Documents.Grey;

/// <summary>
/// What the light on a page is like: whether a program drew it or a scanner or camera saw it, how light the paper is, how dark the
/// ink, and how much two pixels of blank paper differ.
/// </summary>
/// <param name="IsDrawn">A program drew the page: blank paper is one single value. Otherwise it has noise and shades.</param>
/// <param name="White">The paper's level; on a scan the lightest part's.</param>
/// <param name="Black">The ink's level.</param>
/// <param name="Noise">Levels between the darkest and the lightest pixel of a tile of blank paper.</param>
internal sealed record PageTone(bool IsDrawn, byte White, byte Black, byte Noise)
{
    private const int FarApart = 24; // Levels that no noise has between them.
    private const int LightestTint = 190; // Drawn paper is no darker than this; else the page has a dark background, which stays dark.

    /// <summary>Ink and paper apart: levels.</summary>
    public int Contrast => White - Black;

    /// <summary>Measures the part of the page that the document covers.</summary>
    public static PageTone Measure(PageTiles tiles, Rectangle content)
    {
        var (flat, differences, darkest, lightest) = (new int[256], new int[256], new int[256], new int[256]);
        var count = 0;
        var (left, right) = ((content.Left + PageTiles.Across - 1) / PageTiles.Across, content.Right / PageTiles.Across);
        var (top, bottom) = ((content.Top + tiles.Down - 1) / tiles.Down, content.Bottom / tiles.Down);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var (low, high) = (tiles.Darkest[(row * tiles.Columns) + column], tiles.Lightest[(row * tiles.Columns) + column]);
                if (low == high) flat[low]++;
                differences[high - low]++;
                darkest[low]++;
                lightest[high]++;
                count++;
            }
        }

        if (count == 0) return new PageTone(true, 255, 0, 0);
        if (IsPaperFlat(flat, count)) return new PageTone(true, DrawnPaper(flat, count), 0, 0);
        var noise = Percentile(differences, count, 0.25);
        var white = (byte)Math.Clamp(Percentile(lightest, count, 0.95) - (noise / 2), 64, 255);
        var black = Math.Min(Percentile(darkest, count, 0.02), white * 2 / 5);
        return new PageTone(false, white, (byte)black, (byte)Math.Min(noise, white / 4));
    }

    // A strongly compressed scan has flat blocks too, but of many levels near each other; a drawn page has its paper's, and perhaps that of one large tint.
    private static bool IsPaperFlat(int[] flat, int count)
    {
        var all = flat.Sum();
        var paper = Array.IndexOf(flat, flat.Max());
        var tint = flat.Where((_, level) => Math.Abs(level - paper) > FarApart).Max();
        return all * 5 >= count && (flat[paper] + tint) * 5 >= all * 3;
    }

    private static byte DrawnPaper(int[] flat, int count)
    {
        if (flat[255] * 10 >= count) return 255;
        var most = Array.IndexOf(flat, flat.Max());
        return (byte)(most >= LightestTint ? most : 255);
    }

    private static int Percentile(int[] histogram, int count, double share)
    {
        var below = 0;
        for (var level = 0; level < histogram.Length; level++)
        {
            below += histogram[level];
            if (below > count * share) return level;
        }

        return histogram.Length - 1;
    }
}
