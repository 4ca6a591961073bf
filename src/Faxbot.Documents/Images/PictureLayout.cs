using System.Drawing;
using Faxbot.Documents.Grey;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Images;

/// <summary>Draws a picture on a fax page of its own: as large as it will go, or as large as it is where it says so.</summary>
internal sealed class PictureLayout(RenderOptions options)
{
    private const double MillimetresPerInch = 25.4;
    private const double LeastDpi = 96;          // Coarser than screens are, a picture is not enlarged.
    private const double Margin = 7 / MillimetresPerInch;
    private const double A4Shape = 297 / 210.0, LetterShape = 11 / 8.5, ShapeTolerance = 0.02;

    private PageBitmap? _bitmap;

    /// <summary>Draws it. The bitmap stands until the next is drawn.</summary>
    public SourcePage Draw(Picture picture, int reserved)
    {
        var fit = Fit(picture, reserved);
        using var page = new GreyPage(options.Format.Width, fit.Rows);
        var upright = picture.Pixels;
        if (fit.IsTurned)
        {
            upright = new GreyPage(picture.Pixels.Height, picture.Pixels.Width);
            GreyTurn.Left(picture.Pixels, upright, 0, 0);
        }

        try
        {
            Place(upright, page, fit.Content);
        }
        finally
        {
            if (fit.IsTurned) upright.Dispose();
        }

        using var binary = PageBinarizer.Convert(page, fit.Content, options.Quality, options.Resolution);
        if (_bitmap?.Height != page.Height) _bitmap = new PageBitmap(page.Width, page.Height);
        binary.Ink.CopyTo(_bitmap);
        return new SourcePage(_bitmap, fit.Scale, fit.IsTurned, binary.WasFlattened, binary.DitheredShare);
    }

    private PageFit Fit(Picture picture, int reserved)
    {
        var (width, height) = (picture.Pixels.Width, picture.Pixels.Height);
        if (picture is { DpiAcross: { } across, DpiDown: { } down })
            return PageFit.Of(width / across, height / down, options.Format, options.Paper, reserved);

        // No size: a page's shape is taken for a page, anything else for a picture that wants a margin, since machines cut some edges off.
        var margin = IsShape(width, height, A4Shape) || IsShape(width, height, LetterShape) ? 0 : Margin;
        var paper = options.Paper != PaperSize.Auto ? options.Paper : IsShape(width, height, A4Shape) ? PaperSize.A4 : PaperSize.Letter;
        var fit = PageFit.Of((width / LeastDpi) + (2 * margin), (height / LeastDpi) + (2 * margin), options.Format, paper, reserved);
        if (margin == 0) return fit;
        var (fitAcross, fitDown) = options.Resolution.Dpi();
        var inner = fit.Content;
        inner.Inflate(-(int)(margin * fitAcross * fit.Scale), -(int)(margin * fitDown * fit.Scale));
        return fit with { Content = inner };
    }

    private static bool IsShape(int width, int height, double shape) =>
        Math.Abs(((double)Math.Max(width, height) / Math.Min(width, height) / shape) - 1) < ShapeTolerance;

    private static void Place(GreyPage picture, GreyPage page, Rectangle place)
    {
        if (picture.Width == place.Width && picture.Height == place.Height)
        {
            for (var y = 0; y < picture.Height; y++) picture.Row(y).CopyTo(page.Row(place.Top + y)[place.Left..]);
            return;
        }

        var scaler = new GreyScaler(picture.Width, picture.Height, page, place);
        for (var y = 0; y < picture.Height; y++) scaler.Add(picture.Row(y));
    }
}
