using CsCheck;
using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>Bitmaps to code.</summary>
internal static class Pictures
{
    /// <summary>
    /// Pages whose runs are of any length and whose rows resemble the row above to any degree, so that all modes and codes come up:
    /// per page a mean run length and a probability that a row is the one above with its edges moved a little.
    /// </summary>
    public static Gen<PageBitmap> Any(int mostWidth = 300, int mostRows = 20) =>
        from width in Gen.Int[1, mostWidth]
        from height in Gen.Int[0, mostRows]
        from meanRun in Gen.OneOf(1, 2, 5, 20, 100, 1000)
        from likeness in Gen.OneOf(0, 50, 95)
        from seed in Gen.Int
        select Make(width, height, meanRun, likeness, seed);

    public static PageBitmap Make(int width, int height, int meanRun, int likeness, int seed)
    {
        var random = new Random(seed);
        var page = new PageBitmap(width, height);
        List<int> edges = [];
        for (var y = 0; y < height; y++)
        {
            edges = random.Next(100) < likeness ? Shake(edges, width, random) : FreshEdges(width, meanRun, random);
            for (var i = 0; i < edges.Count; i += 2)
                for (var x = edges[i]; x < (i + 1 < edges.Count ? edges[i + 1] : width); x++) page[x, y] = true;
        }

        return page;
    }

    /// <summary>Random octets, which make rows nothing like each other.</summary>
    public static PageBitmap Noise(int width, int height, int seed)
    {
        var page = new PageBitmap(width, height);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) page[x, y] = random.Next(2) != 0;
        return page;
    }

    private static List<int> FreshEdges(int width, int meanRun, Random random)
    {
        List<int> edges = [];
        for (var x = random.Next(2) == 0 ? 0 : random.Next(2 * meanRun); x < width; x += 1 + random.Next((2 * meanRun) - 1)) edges.Add(x);
        return edges;
    }

    private static List<int> Shake(List<int> edges, int width, Random random) =>
        [.. edges.Where(_ => random.Next(40) != 0).Select(x => Math.Clamp(x + random.Next(-1, 2) * random.Next(5), 0, width - 1)).Distinct().Order()];
}
