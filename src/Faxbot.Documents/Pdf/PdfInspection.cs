using System.Globalization;
using System.Text.RegularExpressions;

namespace Faxbot.Documents.Pdf;

/// <summary>What <c>pdfinfo</c> prints about the size of a page.</summary>
internal static partial class PdfInspection
{
    private const double Smallest = 1, Largest = 14_400 * 75.0; // Points; PDF 2.0 annex C.2 has 14 400 units, UserUnit makes more of them.

    /// <summary>Reads the size of a page as one looks at it (turned by its own rotation), in points of 1/72 inch.</summary>
    /// <returns>Null where the text does not tell it.</returns>
    public static (double Width, double Height)? TryParse(string text, int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        // Titles and authors come first and may hold anything, lines like these too: the last of each kind is pdfinfo's own.
        if (Size().Matches(text).LastOrDefault(match => match.Groups[1].Value == number) is not { } size) return null;
        if (!TryLength(size.Groups[2], out var width) || !TryLength(size.Groups[3], out var height)) return null;
        var rotation = Rotation().Matches(text).LastOrDefault(match => match.Groups[1].Value == number)?.Groups[2].Value;
        return rotation is "90" or "270" ? (height, width) : (width, height);
    }

    private static bool TryLength(Group group, out double length) =>
        double.TryParse(group.ValueSpan, CultureInfo.InvariantCulture, out length) && length is >= Smallest and <= Largest;

    [GeneratedRegex(@"^Page\s+(\d+)\s+size:\s+([\d.eE+-]+) x ([\d.eE+-]+) pts", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"^Page\s+(\d+)\s+rot:\s+(\d+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rotation();
}
