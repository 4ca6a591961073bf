using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Grey;

/// <summary>Lengths given in pixels at 204 x 196 dpi, in those of another raster.</summary>
internal readonly record struct RasterScale(double AcrossFactor, double DownFactor)
{
    public static RasterScale Of(FaxResolution resolution)
    {
        var (across, down) = resolution.Dpi();
        var (fineAcross, fineDown) = FaxResolution.Fine.Dpi();
        return new RasterScale(across / fineAcross, down / fineDown);
    }

    public int Across(int pixels) => Math.Max(1, (int)Math.Round(pixels * AcrossFactor));

    public int Down(int pixels) => Math.Max(1, (int)Math.Round(pixels * DownFactor));
}
