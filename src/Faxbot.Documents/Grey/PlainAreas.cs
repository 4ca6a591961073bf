using System.Runtime.Intrinsics;

namespace Faxbot.Documents.Grey;

/// <summary>Finds where a drawn page is filled with one single grey.</summary>
internal static class PlainAreas
{
    private const int Smallest = 36;
    private const int Reach = 3; // Pixels on each side that must be equal.

    /// <summary>The pixels of <paramref name="picture"/> whose surroundings have the same level.</summary>
    public static BitPlane Find(GreyPage page, BitPlane picture, RasterScale scale)
    {
        var plain = picture.Clone();
        var row = new byte[page.Stride + 128];
        for (var y = 0; y < page.Height; y++)
        {
            var words = plain.Row(y);
            if (!words.ContainsAnyExcept(0ul)) continue;
            if (y < Reach || y >= page.Height - Reach)
            {
                words.Clear();
                continue;
            }

            page.WideRow(y).CopyTo(row.AsSpan(64));
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i] == 0) continue;
                words[i] &= SameAround(row, page.WideRow(y - Reach), page.WideRow(y + Reach), i * 64)
                    | ((ulong)SameAround(row, page.WideRow(y - Reach), page.WideRow(y + Reach), (i * 64) + 32) << 32);
            }
        }

        // An enlarged picture has plain spots where its pixels are equal by chance.
        plain.Open(scale.Across(Smallest), scale.Down(Smallest));
        return plain;
    }

    private static uint SameAround(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, int x)
    {
        var here = Vector256.Create<byte>(row[(64 + x)..]);
        var same = Vector256.Equals(here, Vector256.Create<byte>(row[(64 + x - Reach)..])) & Vector256.Equals(here, Vector256.Create<byte>(row[(64 + x + Reach)..]));
        return (same & Vector256.Equals(here, Vector256.Create<byte>(above[x..])) & Vector256.Equals(here, Vector256.Create<byte>(below[x..])))
            .ExtractMostSignificantBits();
    }
}
