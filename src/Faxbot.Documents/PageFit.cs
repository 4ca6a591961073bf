using System.Drawing;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents;

/// <summary>Where on a fax page the page of a document goes.</summary>
/// <param name="Rows">Lines of the fax page.</param>
/// <param name="Content">The pixels that the document's page covers.</param>
/// <param name="Scale">1 is true size; less is reduced, more enlarged.</param>
/// <param name="IsTurned">The document's page lies on its left side: its top is on the left.</param>
internal readonly record struct PageFit(int Rows, Rectangle Content, double Scale, bool IsTurned)
{
    private const double MillimetresPerInch = 25.4;
    private const double A4 = 297 / MillimetresPerInch, Letter = 11, Legal = 14;
    private const double WorthTurning = 1.05;
    private const double WorthLonger = 1.03; // A page is rather reduced by up to 3 % than sent on longer paper, but for Letter,
    private const double Rounding = 1.003;   // where A4 is at hand.

    /// <summary>Fits a page into the raster.</summary>
    /// <param name="width">Inches.</param>
    /// <param name="height">Inches.</param>
    /// <param name="format">The raster.</param>
    /// <param name="paper">The length of the fax page.</param>
    /// <param name="reserved">Lines at the top to be left free.</param>
    /// <param name="largest">The largest scale; 1 for documents that have a size of their own.</param>
    public static PageFit Of(double width, double height, PageFormat format, PaperSize paper, int reserved = 0, double largest = 1)
    {
        var (across, down) = format.Resolution.Dpi();
        var length = LengthOf(width, height, format.Width / across, paper);
        var rows = (int)Math.Round(length * down);
        var room = new SizeF(format.Width, rows - reserved);
        var upright = ScaleInto(width * across, height * down, room);
        var turned = ScaleInto(height * across, width * down, room);
        var isTurned = upright < 1 && turned > upright * WorthTurning;
        var scale = Math.Min(largest, isTurned ? turned : upright);
        var (contentWidth, contentHeight) = isTurned ? (height, width) : (width, height);
        var pixelsAcross = Math.Clamp((int)Math.Round(contentWidth * across * scale), 1, format.Width);
        var pixelsDown = Math.Clamp((int)Math.Round(contentHeight * down * scale), 1, rows - reserved);
        return new PageFit(rows, new Rectangle((format.Width - pixelsAcross) / 2, reserved, pixelsAcross, pixelsDown), scale, isTurned);
    }

    private static double ScaleInto(double width, double height, SizeF room) => Math.Min(room.Width / width, room.Height / height);

    private static double LengthOf(double width, double height, double lineLength, PaperSize paper)
    {
        switch (paper)
        {
            case PaperSize.A4: return A4;
            case PaperSize.Letter: return Letter;
            case PaperSize.Legal: return Legal;
        }

        // The page as it will lie: its long side down where it would not fit across.
        var isTurned = width > height && width > lineLength * WorthTurning;
        var (across, down) = isTurned ? (height, width) : (width, height);
        var needed = down * Math.Min(1, lineLength / across);
        if (needed <= Letter * Rounding) return Letter;
        return needed > A4 * WorthLonger && needed <= Legal * WorthLonger ? Legal : A4;
    }
}
