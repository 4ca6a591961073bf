using System.Globalization;

namespace Faxbot.Documents.Pdf;

/// <summary>Pages that one run of the renderer draws, because one scale suits them all.</summary>
/// <param name="First">The first page, counted from 0.</param>
/// <param name="Count">How many.</param>
/// <param name="Scale">What all are drawn at.</param>
/// <param name="IsTurned">Whether they are to be turned once drawn.</param>
internal readonly record struct PdfRun(int First, int Count, double Scale, bool IsTurned)
{
    private const double LargestDifference = 0.02; // A page may be drawn up to 2 % smaller than it could, to be drawn with its neighbours.

    /// <summary>Divides pages into as few runs as their scales permit.</summary>
    public static IReadOnlyList<PdfRun> Divide(IReadOnlyList<PageFit> fits)
    {
        var runs = new List<PdfRun>();
        for (var first = 0; first < fits.Count;)
        {
            var (smallest, largest, end) = (fits[first].Scale, fits[first].Scale, first + 1);
            for (; end < fits.Count && fits[end].IsTurned == fits[first].IsTurned; end++)
            {
                var (low, high) = (Math.Min(smallest, fits[end].Scale), Math.Max(largest, fits[end].Scale));
                if (low < high * (1 - LargestDifference)) break;
                (smallest, largest) = (low, high);
            }

            runs.Add(new PdfRun(first, end - first, smallest, fits[first].IsTurned));
            first = end;
        }

        return runs;
    }

    /// <summary>
    /// What pdftoppm is told: the pages, as grey without anti-aliasing (which would break hairlines and fray letters), at the fax raster's own dots
    /// per inch, each page as one sees it on a screen (its crop box).
    /// </summary>
    public IReadOnlyList<string> Arguments(double dpiAcross, double dpiDown, string file)
    {
        // A turned page's rows become columns.
        var (across, down) = IsTurned ? (dpiDown * Scale, dpiAcross * Scale) : (dpiAcross * Scale, dpiDown * Scale);
        return [
            "-gray", "-aa", "no", "-aaVector", "no", "-cropbox", "-f", Number(First + 1), "-l", Number(First + Count),
            "-rx", Number(across), "-ry", Number(down), file,
        ];

        static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
    }
}
