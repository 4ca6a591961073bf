using System.Globalization;
using System.Text.RegularExpressions;

namespace Faxbot.Documents.Pdf;

/// <summary>What <c>pdfinfo</c> prints: how many pages there are, and how large those are that were asked for.</summary>
internal static partial class PdfInspection
{
    private const double Smallest = 1, Largest = 14_400 * 75.0; // Points; PDF 2.0 annex C.2 has 14 400 units, UserUnit makes more of them.

    /// <summary>Reads the sizes of all pages.</summary>
    /// <returns>Null where the text does not tell the number of pages or lacks one of them.</returns>
    public static IReadOnlyList<PdfPageSize>? TryParse(string text, int maxPages, out int pageCount)
    {
        pageCount = -1;
        // Titles and authors come first and may hold anything, lines like these too: the last of each kind is pdfinfo's own.
        if (Count().Matches(text).LastOrDefault() is not { } count || !int.TryParse(count.Groups[1].ValueSpan, out pageCount)) return null;
        if (pageCount > maxPages) return [];
        var sizes = new PdfPageSize[pageCount];
        foreach (Match match in Size().Matches(text))
        {
            if (!TryIndex(match, pageCount, out var index)) continue;
            if (!TryLength(match.Groups[2], out var width) || !TryLength(match.Groups[3], out var height)) continue;
            sizes[index] = new PdfPageSize(width, height);
        }

        foreach (Match match in Rotation().Matches(text))
        {
            if (!TryIndex(match, pageCount, out var index) || match.Groups[2].Value is not ("90" or "270")) continue;
            sizes[index] = new PdfPageSize(sizes[index].Height, sizes[index].Width);
        }

        return sizes.Contains(default) ? null : sizes;
    }

    private static bool TryIndex(Match match, int pageCount, out int index) =>
        int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out index) && --index >= 0 && index < pageCount;

    private static bool TryLength(Group group, out double length) =>
        double.TryParse(group.ValueSpan, CultureInfo.InvariantCulture, out length) && length is >= Smallest and <= Largest;

    [GeneratedRegex(@"^Pages:\s+(\d+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"^Page\s+(\d+)\s+size:\s+([\d.eE+-]+) x ([\d.eE+-]+) pts", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"^Page\s+(\d+)\s+rot:\s+(\d+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rotation();
}
