using Faxbot.Imaging.Pages;

namespace Faxbot.Testing.Faxes;

/// <summary>Made-up pages, the same for the same seed: lines of words, a frame, and on request noise.</summary>
public static class SamplePages
{
    /// <summary>A page that codes like print.</summary>
    public static PageBitmap Text(int width, int height, int seed)
    {
        var random = new Random(seed);
        var page = new PageBitmap(width, height);
        for (var top = 12; top + 14 < height; top += 24)
        {
            for (var x = 60; x < width - 80;)
            {
                var word = random.Next(10, 70);
                Word(page, random, x, top, Math.Min(word, width - 60 - x));
                x += word + random.Next(8, 20);
            }
        }

        return page;
    }

    /// <summary>A page of noise with the given share of black pixels.</summary>
    public static PageBitmap Noise(int width, int height, double black, int seed)
    {
        var random = new Random(seed);
        var page = new PageBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) page[x, y] = random.NextDouble() < black;
        }

        return page;
    }

    private static void Word(PageBitmap page, Random random, int left, int top, int width)
    {
        for (var x = left; x < left + width; x += random.Next(3, 9))
        {
            var (from, to) = (top + random.Next(0, 5), top + random.Next(9, 14));
            for (var y = from; y < to; y++)
            {
                page[x, y] = true;
                if (x + 1 < page.Width) page[x + 1, y] = true;
            }
        }
    }
}
