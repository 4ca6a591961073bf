namespace Faxbot.Documents.Grey;

/// <summary>Finds the areas of a page that hold pictures: photographs, shaded figures, tints.</summary>
internal static class PictureAreas
{
    // In pixels at 204 x 196 dpi.
    private const int SmallestPicture = 24;   // 3 mm: a picture holds a square of this size without any paper, and text does not.
    private const int SmallestTint = 9;       // 1.1 mm: the same for what is lighter than half-way to ink; no stroke is so wide.
    private const int WidestGap = 16;
    private const int CornerReach = 6;
    private const double LightestDrawn = 0.985, LightestSeen = 0.955; // Share of the paper's level up to which a tile shows no paper.
    private const double LargestHole = 0.125; // Share of the page that a frame of picture may enclose and still be its highlight.

    /// <summary>The pixels that pictures cover.</summary>
    public static BitPlane Find(GreyPage page, InkPlanes planes, PageTiles tiles, PageTone tone, PaperMap? paper, RasterScale scale)
    {
        var picture = planes.Any.Clone();
        picture.Open(scale.Across(SmallestPicture), scale.Down(SmallestPicture));
        using (var tint = planes.Any.Clone())
        {
            tint.AndNot(planes.Half);
            tint.Open(scale.Across(SmallestTint), scale.Down(SmallestTint));
            picture.Or(tint);
        }

        if (picture.IsEmpty) return picture;
        // The corners of an area are as narrow as strokes, yet of its grey.
        using (var corners = picture.Clone())
        {
            corners.Dilate(scale.Across(CornerReach), scale.Across(CornerReach), scale.Down(CornerReach), scale.Down(CornerReach));
            corners.And(planes.Any);
            picture.Or(corners);
        }

        picture.Close(scale.Across(WidestGap), scale.Down(WidestGap));
        AddHighlights(page, picture, tiles, tone, paper);
        return picture;
    }

    // What is too light to tell from paper pixel by pixel, but is not paper as a whole, and belongs to a picture.
    private static void AddHighlights(GreyPage page, BitPlane picture, PageTiles tiles, PageTone tone, PaperMap? paper)
    {
        var kind = new TileKind[tiles.Columns * tiles.Rows];
        for (var at = 0; at < kind.Length; at++)
        {
            var (row, column) = Math.DivRem(at, tiles.Columns);
            if (Holds(picture, tiles, column, row)) kind[at] = TileKind.Picture;
            else if (IsLightGrey(tiles.Darkest[at], tiles.Lightest[at], tone, paper?.AtTile(column, row) ?? tone.White)) kind[at] = TileKind.LightGrey;
        }

        TileRegions.Join(kind, tiles.Columns);
        TileRegions.FillHoles(kind, tiles.Columns, (int)(kind.Length * LargestHole));
        for (var at = 0; at < kind.Length; at++)
        {
            var (row, column) = Math.DivRem(at, tiles.Columns);
            if (kind[at] == TileKind.Highlight || (kind[at] == TileKind.Picture && TileRegions.IsInner(kind, at, tiles.Columns))) Fill(page, picture, tiles, column, row);
        }
    }

    private static bool IsLightGrey(byte darkest, byte lightest, PageTone tone, byte white)
    {
        if (darkest <= white / 2) return false;
        if (tone.IsDrawn) return darkest != lightest && lightest < white * LightestDrawn;
        return lightest - (tone.Noise / 2) < white * LightestSeen;
    }

    private static bool Holds(BitPlane picture, PageTiles tiles, int column, int row)
    {
        var (word, shift) = (column * PageTiles.Across / 64, column * PageTiles.Across % 64);
        for (var y = row * tiles.Down; y < Math.Min(picture.Height, (row + 1) * tiles.Down); y++)
        {
            if (((picture.Row(y)[word] >> shift) & 0xFFFF) != 0) return true;
        }

        return false;
    }

    private static void Fill(GreyPage page, BitPlane picture, PageTiles tiles, int column, int row)
    {
        var (word, shift) = (column * PageTiles.Across / 64, column * PageTiles.Across % 64);
        for (var y = row * tiles.Down; y < Math.Min(page.Height, (row + 1) * tiles.Down); y++) picture.Row(y)[word] |= 0xFFFFul << shift;
    }
}
