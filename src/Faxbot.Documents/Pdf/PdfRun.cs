using System.Globalization;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Pdf;

/// <summary>What one run of pdftoppm draws: pages from one to another, all at one scale.</summary>
/// <param name="First">The first page, counted from 0.</param>
/// <param name="End">The page before which it ends; where the document ends, if that is earlier.</param>
/// <param name="Scale">1 is true size.</param>
/// <param name="IsTurned">Whether the pages are to be turned once drawn.</param>
/// <param name="Format">The fax raster.</param>
internal sealed record PdfRun(int First, int End, double Scale, bool IsTurned, PageFormat Format)
{
    /// <summary>
    /// The scale that Letter needs to fit a fax line of 215 mm, which is less than half a percent short of its width. All usual pages are drawn
    /// at it, so that one run suits them all; half a pixel is left for rounding.
    /// </summary>
    public static double UsualScale(PageFormat format) => Math.Min(1, (format.Width - 0.5) / (8.5 * format.Resolution.Dpi().Across));

    /// <summary>Pixels per inch of what it draws, before that is turned.</summary>
    public (double Across, double Down) Dpi
    {
        get
        {
            var (across, down) = Format.Resolution.Dpi();
            // A turned page's rows become columns.
            return IsTurned ? (down * Scale, across * Scale) : (across * Scale, down * Scale);
        }
    }

    /// <summary>
    /// What pdftoppm is told: the pages, as grey without anti-aliasing (which would break hairlines and fray letters), at the fax raster's own dots
    /// per inch, each page as one sees it on a screen (its crop box), and to say how many there are. Without its longest option it would exchange the
    /// two densities in the size of a page that the PDF itself turns (/Rotate 90 or 270), and cut off what lies beyond.
    /// </summary>
    public IReadOnlyList<string> Arguments(string file)
    {
        var (across, down) = Dpi;
        return [
            "-gray", "-aa", "no", "-aaVector", "no", "-cropbox", "-scale-dimension-before-rotation", "-progress",
            "-f", Number(First + 1), "-l", Number(End), "-rx", Number(across), "-ry", Number(down), file,
        ];

        static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
    }
}
