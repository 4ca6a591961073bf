namespace Faxbot.Documents.Grey;

/// <summary>
/// Draws plain greys as dots on a grid turned by 45 degrees, 36 to the inch, which grow with the ink: even tints, and cheap to
/// code because each row of dots repeats.
/// </summary>
internal static class ClusteredScreen
{
    private const int Side = 8;
    private static readonly int[] Levels = RankByHeight();

    /// <summary>Draws the pixels of <paramref name="plain"/> into <paramref name="ink"/>; all others stay as they are.</summary>
    public static void Draw(GreyPage page, PageTone tone, BitPlane plain, BitPlane ink, RasterScale scale)
    {
        for (var y = 0; y < page.Height; y++)
        {
            var words = plain.Row(y);
            var drawn = ink.Row(y);
            var grey = page.WideRow(y);
            var screenY = (int)(y / scale.DownFactor);
            for (var i = 0; i < words.Length; i++)
            {
                var black = 0ul;
                for (var rest = words[i]; rest != 0; rest &= rest - 1)
                {
                    var x = (i * 64) + System.Numerics.BitOperations.TrailingZeroCount(rest);
                    var screenX = (int)(x / scale.AcrossFactor);
                    if (grey[x] * 255 < Levels[((screenY & (Side - 1)) * Side) + (screenX & (Side - 1))] * tone.White) black |= rest & (0 - rest);
                }

                drawn[i] = (drawn[i] & ~words[i]) | black;
            }
        }
    }

    // Two dots in 8 x 8 pixels: thresholds in the order of two crossed waves, out of step with the pixels so that no two are equal.
    private static int[] RankByHeight()
    {
        var heights = Enumerable.Range(0, Side * Side).Select(i => (X: i % Side, Y: i / Side))
            .Select(p => Math.Cos((Math.PI * (p.X + p.Y) / 4) + 0.4) + Math.Cos((Math.PI * (p.X - p.Y) / 4) + 0.3)).ToArray();
        var order = Enumerable.Range(0, heights.Length).OrderBy(i => Math.Round(heights[i], 6)).ThenBy(i => i).ToArray();
        var levels = new int[heights.Length];
        for (var rank = 0; rank < order.Length; rank++) levels[order[rank]] = (int)(((rank + 0.5) / heights.Length * 253) + 1);
        return levels;
    }
}
