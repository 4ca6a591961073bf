using System.Numerics;

namespace Faxbot.Documents.Grey;

/// <summary>
/// Draws greys as dots on a grid turned by 45 degrees, 29 to the inch, which grow with the ink: even tints, and cheap to code because
/// each row of dots repeats. A photograph takes about half of the octets that single dots take. Edges within a dot stay where they are.
/// </summary>
internal static class ClusteredScreen
{
    private const int Side = 10;
    private static readonly int[] Levels = RankByHeight();

    /// <summary>Draws the pixels of <paramref name="area"/> into <paramref name="ink"/>; all others stay as they are.</summary>
    public static void Draw(GreyPage page, PageTone tone, PaperMap? paper, BitPlane area, BitPlane ink, RasterScale scale)
    {
        var tones = new ToneScale(tone);
        var white = new byte[page.Stride];
        white.AsSpan().Fill(tone.White);
        var columns = new int[page.Stride];
        for (var x = 0; x < columns.Length; x++) columns[x] = (int)(x / scale.AcrossFactor) % Side;
        for (var y = 0; y < page.Height; y++)
        {
            var words = area.Row(y);
            if (!words.ContainsAnyExcept(0ul)) continue;
            paper?.ReadRow(y, white);
            var levels = Levels.AsSpan((int)(y / scale.DownFactor) % Side * Side, Side);
            DrawRow(page.WideRow(y), white, tones, levels, columns, words, ink.Row(y));
        }
    }

    private static void DrawRow(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> white, ToneScale tones, ReadOnlySpan<int> levels, ReadOnlySpan<int> columns,
        ReadOnlySpan<ulong> area, Span<ulong> ink)
    {
        for (var i = 0; i < area.Length; i++)
        {
            var black = 0ul;
            for (var rest = area[i]; rest != 0; rest &= rest - 1)
            {
                var x = (i * 64) + BitOperations.TrailingZeroCount(rest);
                if (tones.Level(grey[x], white[x]) < levels[columns[x]]) black |= rest & (0 - rest);
            }

            ink[i] = (ink[i] & ~area[i]) | black;
        }
    }

    // Two dots in a square: thresholds in the order of two crossed waves, out of step with the pixels so that no two are equal.
    private static int[] RankByHeight()
    {
        var heights = Enumerable.Range(0, Side * Side).Select(i => (X: i % Side, Y: i / Side))
            .Select(p => Math.Cos((2 * Math.PI * (p.X + p.Y) / Side) + 0.4) + Math.Cos((2 * Math.PI * (p.X - p.Y) / Side) + 0.3)).ToArray();
        var order = Enumerable.Range(0, heights.Length).OrderBy(i => Math.Round(heights[i], 6)).ThenBy(i => i).ToArray();
        var levels = new int[heights.Length];
        for (var rank = 0; rank < order.Length; rank++) levels[order[rank]] = (int)(((rank + 0.5) / heights.Length * 253) + 1);
        return levels;
    }
}
