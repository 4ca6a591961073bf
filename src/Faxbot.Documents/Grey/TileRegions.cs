namespace Faxbot.Documents.Grey;

/// <summary>What a tile of a page shows.</summary>
internal enum TileKind : byte
{
    /// <summary>Paper, or ink on paper.</summary>
    Other,
    /// <summary>No paper, but too light to be a picture by itself.</summary>
    LightGrey,
    /// <summary>At least one pixel of a picture.</summary>
    Picture,
    /// <summary>Part of a picture that is as light as paper.</summary>
    Highlight,
}

/// <summary>Regions of a grid of tiles.</summary>
internal static class TileRegions
{
    /// <summary>Makes highlights of the light grey tiles that a picture reaches over others of their kind.</summary>
    public static void Join(TileKind[] kind, int columns)
    {
        var queue = new Queue<int>();
        for (var at = 0; at < kind.Length; at++)
        {
            if (kind[at] == TileKind.Picture) queue.Enqueue(at);
        }

        while (queue.TryDequeue(out var at))
        {
            foreach (var next in Neighbours(at, columns, kind.Length))
            {
                if (next < 0 || kind[next] != TileKind.LightGrey) continue;
                kind[next] = TileKind.Highlight;
                queue.Enqueue(next);
            }
        }
    }

    /// <summary>Makes highlights of the tiles that pictures enclose, where they are no more than <paramref name="largest"/>.</summary>
    public static void FillHoles(TileKind[] kind, int columns, int largest)
    {
        var visited = new bool[kind.Length];
        var region = new List<int>();
        for (var start = 0; start < kind.Length; start++)
        {
            if (visited[start] || IsPicture(kind[start])) continue;
            region.Clear();
            region.Add(start);
            visited[start] = true;
            var isEnclosed = true;
            for (var i = 0; i < region.Count; i++)
            {
                foreach (var next in Neighbours(region[i], columns, kind.Length))
                {
                    if (next < 0) isEnclosed = false;
                    else if (!visited[next] && !IsPicture(kind[next]))
                    {
                        visited[next] = true;
                        region.Add(next);
                    }
                }
            }

            if (!isEnclosed || region.Count > largest) continue;
            foreach (var at in region) kind[at] = TileKind.Highlight;
        }
    }

    /// <summary>Whether a highlight or nothing but picture surrounds the tile.</summary>
    public static bool IsInner(TileKind[] kind, int at, int columns)
    {
        var pictures = 0;
        foreach (var next in Neighbours(at, columns, kind.Length))
        {
            if (next < 0) continue;
            if (kind[next] == TileKind.Highlight) return true;
            pictures += kind[next] == TileKind.Picture ? 1 : 0;
        }

        return pictures == 4;
    }

    private static bool IsPicture(TileKind kind) => kind is TileKind.Picture or TileKind.Highlight;

    // The four tiles that share a side; -1 beyond the edge of the page.
    private static FourTiles Neighbours(int at, int columns, int count)
    {
        var column = at % columns;
        var four = default(FourTiles);
        four[0] = column > 0 ? at - 1 : -1;
        four[1] = column + 1 < columns ? at + 1 : -1;
        four[2] = at >= columns ? at - columns : -1;
        four[3] = at + columns < count ? at + columns : -1;
        return four;
    }

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct FourTiles
    {
        private int _first;
    }
}
