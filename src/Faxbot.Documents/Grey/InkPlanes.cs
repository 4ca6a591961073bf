using System.Runtime.Intrinsics;

namespace Faxbot.Documents.Grey;

/// <summary>A page compared with three levels between ink and paper at each place.</summary>
/// <param name="Dark">Surely ink.</param>
/// <param name="Half">Nearer to ink than to paper.</param>
/// <param name="Any">Not surely paper.</param>
/// <param name="Faint">Perhaps not paper: what thin and pale lines reach.</param>
internal sealed record InkPlanes(BitPlane Dark, BitPlane Half, BitPlane Any, BitPlane Faint) : IDisposable
{
    // Shares of the way from ink to paper.
    private const double DarkShare = 0.12, AnyShare = 0.86, FaintShareDrawn = 0.93;

    /// <summary>Compares each pixel of the page.</summary>
    public static InkPlanes Split(GreyPage page, PageTone tone, PaperMap? paper)
    {
        var planes = new InkPlanes(new BitPlane(page), new BitPlane(page), new BitPlane(page), new BitPlane(page));
        var levels = paper is null ? LevelsAt(tone, tone.White) : default;
        var white = paper is null ? [] : new byte[page.Stride];
        for (var y = 0; y < page.Height; y++)
        {
            if (paper is null)
            {
                planes.SplitRow(page.WideRow(y), y, levels);
                continue;
            }

            paper.ReadRow(y, white);
            planes.SplitRow(page.WideRow(y), y, white, tone);
        }

        return planes;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dark.Dispose();
        Half.Dispose();
        Any.Dispose();
        Faint.Dispose();
    }

    private static (byte Dark, byte Half, byte Any, byte Faint) LevelsAt(PageTone tone, byte white)
    {
        var contrast = white - tone.Black;
        return ((byte)(tone.Black + (contrast * DarkShare)), (byte)(tone.Black + ((contrast + 1) / 2)), (byte)(tone.Black + (contrast * AnyShare)),
            (byte)(tone.Black + (contrast * FaintShareDrawn)));
    }

    private void SplitRow(ReadOnlySpan<byte> row, int y, (byte Dark, byte Half, byte Any, byte Faint) levels)
    {
        var dark = Dark.Row(y);
        var half = Half.Row(y);
        var any = Any.Row(y);
        var faint = Faint.Row(y);
        var (darkest, middle, most, pale) =
            (Vector256.Create(levels.Dark), Vector256.Create(levels.Half), Vector256.Create(levels.Any), Vector256.Create(levels.Faint));
        for (var i = 0; i < dark.Length; i++)
        {
            var (left, right) = (Vector256.Create<byte>(row[(i * 64)..]), Vector256.Create<byte>(row[((i * 64) + 32)..]));
            faint[i] = Below(left, right, pale, pale);
            if (faint[i] == 0) continue;
            dark[i] = Below(left, right, darkest, darkest);
            half[i] = Below(left, right, middle, middle);
            any[i] = Below(left, right, most, most);
        }
    }

    private void SplitRow(ReadOnlySpan<byte> row, int y, ReadOnlySpan<byte> white, PageTone tone)
    {
        var dark = Dark.Row(y);
        var half = Half.Row(y);
        var any = Any.Row(y);
        var faint = Faint.Row(y);
        var darkest = Vector256.Create(LevelsAt(tone, tone.White).Dark);
        var black = Vector256.Create(tone.Black);
        for (var i = 0; i < dark.Length; i++)
        {
            var (left, right) = (Vector256.Create<byte>(row[(i * 64)..]), Vector256.Create<byte>(row[((i * 64) + 32)..]));
            var (leftWhite, rightWhite) = (Vector256.Create<byte>(white[(i * 64)..]), Vector256.Create<byte>(white[((i * 64) + 32)..]));
            // 7/8 of the way to white: the nearest to AnyShare that shifts can do.
            faint[i] = any[i] = Below(left, right, SevenEighths(black, leftWhite), SevenEighths(black, rightWhite));
            if (faint[i] == 0) continue;
            dark[i] = Below(left, right, darkest, darkest);
            half[i] = Below(left, right, Middle(black, leftWhite), Middle(black, rightWhite));
        }
    }

    private static Vector256<byte> SevenEighths(Vector256<byte> black, Vector256<byte> white) =>
        white - ((Vector256.Max(white, black) - black) >>> 3);

    private static Vector256<byte> Middle(Vector256<byte> black, Vector256<byte> white) =>
        white - ((Vector256.Max(white, black) - black) >>> 1);

    private static ulong Below(Vector256<byte> left, Vector256<byte> right, Vector256<byte> leftLevel, Vector256<byte> rightLevel) =>
        Vector256.LessThan(left, leftLevel).ExtractMostSignificantBits() | ((ulong)Vector256.LessThan(right, rightLevel).ExtractMostSignificantBits() << 32);
}
