using System.Drawing;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Tests.Support;

/// <summary>The picture that test/corpus/documents/make.py draws: a black square at the upper left, a bar along the top, a grey one at the lower right.</summary>
internal static class TestPicture
{
    public const int Width = 240, Height = 160;
    private const int Margin = 10; // Of white around all that is drawn.
    private const double LargestDistortion = 0.03;

    /// <summary>The level of a pixel.</summary>
    public static byte Level(int x, int y) => (x, y) switch
    {
        ( >= 10 and < 70, >= 10 and < 70) or ( >= 80 and < 230, >= 10 and < 20) => 0,
        ( >= 150 and < 220, >= 110 and < 150) => 128,
        _ => 255,
    };

    /// <summary>Checks that a page shows the picture, upright.</summary>
    public static void AssertOn(PageBitmap page, FaxResolution resolution = FaxResolution.Fine)
    {
        var (across, down) = resolution.Dpi();
        var bounds = page.Bounds();
        var (width, height) = (Width - (2.0 * Margin), Height - (2.0 * Margin));
        Assert.InRange(bounds.Width / across / (bounds.Height / down) / (width / height), 1 - LargestDistortion, 1 + LargestDistortion);
        Assert.True(Share(12, 12, 68, 68) > 0.97, "The square lacks ink.");
        Assert.True(Share(82, 12, 228, 18) > 0.9, "The bar lacks ink.");
        Assert.InRange(Share(154, 114, 216, 146), 0.35, 0.65);
        Assert.True(Share(76, 30, 140, 148) < 0.01, "The paper has ink.");

        double Share(int left, int top, int right, int bottom) => page.Share(Rectangle.FromLTRB(
            bounds.Left + (int)((left - Margin) / width * bounds.Width), bounds.Top + (int)((top - Margin) / height * bounds.Height),
            bounds.Left + (int)((right - Margin) / width * bounds.Width), bounds.Top + (int)((bottom - Margin) / height * bounds.Height)));
    }
}
