namespace Faxbot.Server.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearestKey
{
    /// <summary>The candidate that takes the fewest changed letters; null when none is near.</summary>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        var (nearest, distance) = candidates.Select(candidate => (candidate, Distance(written, candidate))).MinBy(pair => pair.Item2);
        return distance <= int.Max(2, written.Length / 3) ? nearest : null;
    }

    // Levenshtein's, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = int.Min(replaced, int.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
