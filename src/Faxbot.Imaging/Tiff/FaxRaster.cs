using Faxbot.Imaging.Pages;

namespace Faxbot.Imaging.Tiff;

/// <summary>The rasters of T.30 table 2 as TIFF files name them: whole dots per inch.</summary>
internal static class FaxRaster
{
    // 192 lines stand for 195.6 in some files and 196 pixels for 204: both are less than 5 % off.
    private const double Tolerance = 0.05;

    private static readonly FaxResolution[] All = Enum.GetValues<FaxResolution>();

    /// <summary>What a writer puts into XResolution and YResolution (RFC 2306 and RFC 3949).</summary>
    public static (uint Across, uint Down) NominalDpi(FaxResolution resolution)
    {
        var (across, down) = resolution.Dpi();
        return ((uint)Math.Round(across), (uint)Math.Round(down));
    }

    /// <summary>The fax resolution nearest to that of a file, when both sides are within the tolerance.</summary>
    public static bool TryMatch(double across, double down, out FaxResolution resolution)
    {
        resolution = default;
        var nearest = double.MaxValue;
        foreach (var candidate in All)
        {
            var (x, y) = candidate.Dpi();
            var (errorAcross, errorDown) = (Math.Abs((across / x) - 1), Math.Abs((down / y) - 1));
            if (errorAcross > Tolerance || errorDown > Tolerance || errorAcross + errorDown >= nearest) continue;
            nearest = errorAcross + errorDown;
            resolution = candidate;
        }

        return nearest < double.MaxValue;
    }

    /// <summary>Whether T.30 table 2 has the width at this resolution: that of A4, B4 or A3 (T.4 2.1).</summary>
    public static bool IsFaxWidth(PageFormat format)
    {
        var (numerator, denominator) = format.Resolution switch
        {
            FaxResolution.R16 or FaxResolution.Inch400 => (2, 1),
            FaxResolution.Inch300 => (3, 2),
            FaxResolution.Inch600 => (3, 1),
            _ => (1, 1),
        };
        return format.Width * denominator / (double)numerator is 1728 or 2048 or 2432;
    }
}
