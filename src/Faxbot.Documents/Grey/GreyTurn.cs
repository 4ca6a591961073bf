namespace Faxbot.Documents.Grey;

/// <summary>Turns a page by a quarter to the left: what was its top becomes its left side.</summary>
internal static class GreyTurn
{
    private const int Block = 32; // Rows and columns that fit the cache together.

    /// <summary>Writes <paramref name="from"/>, turned, at a place of <paramref name="to"/>.</summary>
    public static void Left(GreyPage from, GreyPage to, int left, int top)
    {
        var last = from.Width - 1;
        for (var blockY = 0; blockY < from.Height; blockY += Block)
        {
            var width = Math.Min(Block, from.Height - blockY);
            for (var blockX = 0; blockX < from.Width; blockX += Block)
            {
                for (var x = blockX; x < Math.Min(from.Width, blockX + Block); x++)
                {
                    var row = to.Row(top + last - x).Slice(left + blockY, width);
                    var source = from.Pixels[((blockY * from.Stride) + x)..];
                    for (var i = 0; i < row.Length; i++) row[i] = source[i * from.Stride];
                }
            }
        }
    }
}
