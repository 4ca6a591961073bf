using System.Numerics;

namespace Faxbot.Documents.Grey;

/// <summary>
/// Draws greys as dots on a grid turned by 45 degrees, 36 to the inch, which grow with the ink: even tints, and cheap to code because
/// each row of dots repeats. A photograph takes some three fifths of the octets that single dots take. Edges within a dot stay where they are.
/// </summary>
internal static class ClusteredScreen
{
    private const int Side = 8; // Of the square that repeats, at 204 x 196 dpi.

    /// <summary>Draws the pixels of <paramref name="area"/> into <paramref name="ink"/>; all others stay as they are.</summary>
    public static void Draw(GreyPage page, PageTone tone, PaperMap? paper, BitPlane area, BitPlane ink, RasterScale scale)
    {
        var tones = new ToneScale(tone);
        var white = new byte[page.Stride];
        white.AsSpan().Fill(tone.White);
        var (across, down) = (scale.Across(Side), scale.Down(Side));
        var levels = RankByHeight(across, down);
        for (var y = 0; y < page.Height; y++)
        {
            var words = area.Row(y);
            if (!words.ContainsAnyExcept(0ul)) continue;
            paper?.ReadRow(y, white);
            DrawRow(page.WideRow(y), white, tones, levels.AsSpan(y % down * across, across), words, ink.Row(y));
        }
    }

    private static void DrawRow(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> white, ToneScale tones, ReadOnlySpan<int> levels,
        ReadOnlySpan<ulong> area, Span<ulong> ink)
    {
        for (var i = 0; i < area.Length; i++)
        {
            var black = 0ul;
            for (var rest = area[i]; rest != 0; rest &= rest - 1)
            {
                var x = (i * 64) + BitOperations.TrailingZeroCount(rest);
                if (tones.Level(grey[x], white[x]) < levels[x % levels.Length]) black |= rest & (0 - rest);
            }

            ink[i] = (ink[i] & ~area[i]) | black;
        }
    }

    // Two dots in a square: thresholds in the order of two crossed waves, out of step with the pixels so that no two are equal.
    private static int[] RankByHeight(int across, int down)
    {
        var heights = Enumerable.Range(0, across * down).Select(i => (X: 2 * Math.PI * (i % across) / across, Y: 2 * Math.PI * (i / across) / down))
            .Select(p => Math.Cos(p.X + p.Y + 0.4) + Math.Cos(p.X - p.Y + 0.3)).ToArray();
        var order = Enumerable.Range(0, heights.Length).OrderBy(i => Math.Round(heights[i], 6)).ThenBy(i => i).ToArray();
        var levels = new int[heights.Length];
        for (var rank = 0; rank < order.Length; rank++) levels[order[rank]] = (int)(((rank + 0.5) / heights.Length * 253) + 1);
        return levels;
    }
}
