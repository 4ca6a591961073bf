using System.Drawing;
using System.Runtime.Intrinsics;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Grey;

/// <summary>
/// Turns a grey page into black and white as a person would copy it with a pen: paper becomes white, strokes however pale become
/// black with sharp edges, and only areas of grey (photographs, shaded figures) are dithered.
/// </summary>
internal static class PageBinarizer
{
    // In pixels of 1/204 inch; scaled to other rasters.
    private const int ThickestStroke = 9;     // 1.1 mm: what is wider all over is an area.
    private const int StrokeReach = 3;        // A stroke's own ink is looked for this far around each pixel.
    private const int HaloWidth = 2;           // Letters on a tint keep the dots off.
    private const double LeastPaper = 0.3, MostlyPaper = 0.9, MostLighter = 0.03, LeastWriting = 0.002; // Shares of a page.
    private const double SmallPictures = 0.03; // Share of a page that costs little in single dots, and whose detail would drown in large ones.
    private const int SpeckDistance = 16;     // Dust has no other ink within 2 mm.
    private const double FaintestStrokeDrawn = 0.09, FaintestStrokeSeen = 0.18; // Contrast that is taken for ink.

    /// <summary>Converts the page; <paramref name="content"/> is the part that the document covers.</summary>
    public static BinarizedPage Convert(GreyPage page, Rectangle content, RenderQuality quality, FaxResolution resolution)
    {
        var scale = RasterScale.Of(resolution);
        var tiles = PageTiles.Measure(page, scale.Down(PageTiles.Across));
        var tone = PageTone.Measure(tiles, content);
        var paper = tone.IsDrawn || quality == RenderQuality.Photo ? null : PaperMap.Measure(tiles, tone, content);
        var planes = InkPlanes.Split(page, tone, paper);
        if (paper is not null && !IsWritten(paper, planes, scale))
        {
            // No page with writing but a picture all over: it keeps its light and shade.
            planes.Dispose();
            paper = null;
            planes = InkPlanes.Split(page, tone, null);
        }

        using (planes) return Draw(page, tone, paper, tiles, planes, quality, scale);
    }

    private static BinarizedPage Draw(
        GreyPage page, PageTone tone, PaperMap? paper, PageTiles tiles, InkPlanes planes, RenderQuality quality, RasterScale scale)
    {
        var ink = planes.Half.Clone();
        var dithered = 0L;
        if (HasGrey(planes))
        {
            DrawStrokes(page, tone, paper, planes, ink, scale);
            using var picture = FindPictures(page, planes, quality, tiles, tone, paper, scale);
            dithered = picture?.Count() ?? 0;
            if (dithered > 0) DrawPictures(page, tone, paper, planes, picture!, ink, scale, isFine: quality == RenderQuality.Photo || dithered <= page.Pixels.Length * SmallPictures);
        }

        if (paper is not null) RemoveSpecks(ink, scale);
        return new BinarizedPage(ink, paper is not null, (double)dithered / page.Pixels.Length);
    }

    // Paper shows nearly everywhere, or it shows in some parts and there are strokes on it.
    private static bool IsWritten(PaperMap paper, InkPlanes planes, RasterScale scale)
    {
        if (paper.Share < LeastPaper || paper.LighterShare > MostLighter) return false;
        if (paper.Share > MostlyPaper) return true;
        using var strokes = planes.Half.Clone();
        using var areas = planes.Half.Clone();
        areas.Open(scale.Across(ThickestStroke), scale.Down(ThickestStroke));
        strokes.AndNot(areas);
        return strokes.Count() > planes.Half.Words.Length * 64 * LeastWriting;
    }

    private static bool HasGrey(InkPlanes planes) => !planes.Dark.Words.SequenceEqual(planes.Faint.Words);

    private static BitPlane? FindPictures(
        GreyPage page, InkPlanes planes, RenderQuality quality, PageTiles tiles, PageTone tone, PaperMap? paper, RasterScale scale) => quality switch
    {
        RenderQuality.Text => null,
        RenderQuality.Photo => planes.Faint.Clone(),
        RenderQuality.Auto when paper is null && !tone.IsDrawn => planes.Faint.Clone(), // A photograph all over.
        _ => PictureAreas.Find(page, planes, tiles, tone, paper, scale),
    };

    private static void DrawPictures(
        GreyPage page, PageTone tone, PaperMap? paper, InkPlanes planes, BitPlane picture, BitPlane ink, RasterScale scale, bool isFine)
    {
        if (tone.IsDrawn) KeepLettersClear(planes, picture, ink, scale);
        if (!isFine)
        {
            ClusteredScreen.Draw(page, tone, paper, picture, ink, scale);
            return;
        }

        if (tone.IsDrawn)
        {
            using var plain = PlainAreas.Find(page, picture, scale);
            if (!plain.IsEmpty)
            {
                ClusteredScreen.Draw(page, tone, paper, plain, ink, scale);
                picture.AndNot(plain);
            }
        }

        ErrorDiffusion.Draw(page, tone, paper, picture, ink);
    }

    private static void KeepLettersClear(InkPlanes planes, BitPlane picture, BitPlane ink, RasterScale scale)
    {
        using var letters = planes.Dark.Clone();
        using var solid = planes.Dark.Clone();
        solid.Open(scale.Across(ThickestStroke), scale.Down(ThickestStroke));
        letters.AndNot(solid);
        letters.And(picture);
        if (letters.IsEmpty) return;
        letters.Dilate(HaloWidth, HaloWidth, HaloWidth, HaloWidth);
        letters.AndNot(planes.Half);
        picture.AndNot(letters);
        ink.AndNot(letters);
    }

    // Ink or paper by what is darkest nearby: half-way between that and the paper, so that a pale line is as whole as a black one.
    private static void DrawStrokes(GreyPage page, PageTone tone, PaperMap? paper, InkPlanes planes, BitPlane ink, RasterScale scale)
    {
        using var strokes = planes.Faint.Clone();
        using var areas = planes.Faint.Clone();
        areas.Open(scale.Across(ThickestStroke), scale.Down(ThickestStroke));
        strokes.AndNot(areas);
        var leastContrast = (byte)Math.Max(tone.Contrast * (tone.IsDrawn ? FaintestStrokeDrawn : FaintestStrokeSeen), tone.Noise * 1.6);
        var (across, down) = (scale.Across(StrokeReach), Math.Max(1, scale.Down(StrokeReach)));
        var white = new byte[page.Stride];
        white.AsSpan().Fill(tone.White);
        var darkest = new byte[page.Stride + 128];
        darkest.AsSpan().Fill(255);
        for (var y = 0; y < page.Height; y++)
        {
            var stroke = strokes.Row(y);
            var dark = planes.Dark.Row(y);
            var row = ink.Row(y);
            if (IsDecided(stroke, dark)) continue;
            paper?.ReadRow(y, white);
            DarkestOfColumns(page, y, down, darkest.AsSpan(64, page.Stride));
            for (var i = 0; i < stroke.Length; i++)
            {
                if ((stroke[i] & ~dark[i]) == 0) continue;
                var x = i * 64;
                var found = Stroke(page.WideRow(y)[x..], white.AsSpan(x), darkest.AsSpan(64 + x - across), across, tone.Black, leastContrast)
                    | ((ulong)Stroke(page.WideRow(y)[(x + 32)..], white.AsSpan(x + 32), darkest.AsSpan(96 + x - across), across, tone.Black, leastContrast) << 32);
                row[i] = (row[i] & ~stroke[i]) | (found & stroke[i]);
            }
        }
    }

    private static bool IsDecided(ReadOnlySpan<ulong> stroke, ReadOnlySpan<ulong> dark)
    {
        for (var i = 0; i < stroke.Length; i++)
        {
            if ((stroke[i] & ~dark[i]) != 0) return false;
        }

        return true;
    }

    private static void DarkestOfColumns(GreyPage page, int y, int reach, Span<byte> darkest)
    {
        page.WideRow(y).CopyTo(darkest);
        for (var near = Math.Max(0, y - reach); near <= Math.Min(page.Height - 1, y + reach); near++)
        {
            var row = page.WideRow(near);
            for (var x = 0; x < row.Length; x += 32)
                Vector256.Min(Vector256.Create<byte>(darkest[x..]), Vector256.Create<byte>(row[x..])).CopyTo(darkest[x..]);
        }
    }

    private static uint Stroke(ReadOnlySpan<byte> row, ReadOnlySpan<byte> white, ReadOnlySpan<byte> darkest, int across, byte black, byte leastContrast)
    {
        var least = Vector256.Create<byte>(darkest);
        for (var dx = 1; dx <= 2 * across; dx++) least = Vector256.Min(least, Vector256.Create<byte>(darkest[dx..]));
        var paper = Vector256.Create<byte>(white);
        least = Vector256.Min(Vector256.Max(least, Vector256.Create(black)), paper);
        var contrast = paper - least;
        var ink = Vector256.LessThan(Vector256.Create<byte>(row), paper - (contrast >>> 1));
        return (ink & Vector256.GreaterThanOrEqual(contrast, Vector256.Create(leastContrast))).ExtractMostSignificantBits();
    }

    // A speck is at most two pixels wide and high, with nothing but paper far around: a decimal point always has a digit near it.
    private static void RemoveSpecks(BitPlane ink, RasterScale scale)
    {
        var (across, down) = (scale.Across(SpeckDistance), scale.Down(SpeckDistance));
        using var company = Near(across, 0, down, down, 2, 0);
        using var right = Near(0, across, down, down, -2, 0);
        using var above = Near(1, 1, down, 0, 0, 2);
        using var below = Near(1, 1, 0, down, 0, -2);
        company.Or(right);
        company.Or(above);
        company.Or(below);
        ink.And(company);

        BitPlane Near(int toLeft, int toRight, int toAbove, int toBelow, int moveRight, int moveDown)
        {
            var near = ink.Clone();
            near.Dilate(toLeft, toRight, toAbove, toBelow);
            near.Move(moveRight, moveDown);
            return near;
        }
    }
}
