namespace Faxbot.Imaging.Pages;

/// <summary>The resolutions that T.30 table 2 can name. Metric ones count R8 = 1728 pixels on 215 mm and lines per millimetre.</summary>
public enum FaxResolution
{
    /// <summary>R8 x 3.85 lines/mm (204 x 98 dpi), which every terminal has.</summary>
    Standard,
    /// <summary>R8 x 7.7 lines/mm (204 x 196 dpi).</summary>
    Fine,
    /// <summary>R8 x 15.4 lines/mm (204 x 391 dpi).</summary>
    Superfine,
    /// <summary>R16 x 15.4 lines/mm (408 x 391 dpi).</summary>
    R16,
    /// <summary>200 x 100 dpi.</summary>
    Inch200x100,
    /// <summary>200 x 200 dpi.</summary>
    Inch200,
    /// <summary>200 x 400 dpi.</summary>
    Inch200x400,
    /// <summary>300 x 300 dpi.</summary>
    Inch300,
    /// <summary>400 x 400 dpi.</summary>
    Inch400,
    /// <summary>600 x 600 dpi.</summary>
    Inch600,
}

/// <summary>What a <see cref="FaxResolution"/> measures.</summary>
public static class FaxResolutionExtensions
{
    /// <summary>Pixels per inch across and lines per inch down, exact (R8 is 1728 pixels on 215 mm).</summary>
    public static (double Across, double Down) Dpi(this FaxResolution resolution) => resolution switch
    {
        FaxResolution.Standard => (1728 / 215.0 * 25.4, 3.85 * 25.4),
        FaxResolution.Fine => (1728 / 215.0 * 25.4, 7.7 * 25.4),
        FaxResolution.Superfine => (1728 / 215.0 * 25.4, 15.4 * 25.4),
        FaxResolution.R16 => (3456 / 215.0 * 25.4, 15.4 * 25.4),
        FaxResolution.Inch200x100 => (200, 100),
        FaxResolution.Inch200 => (200, 200),
        FaxResolution.Inch200x400 => (200, 400),
        FaxResolution.Inch300 => (300, 300),
        FaxResolution.Inch400 => (400, 400),
        FaxResolution.Inch600 => (600, 600),
        _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "Not a fax resolution."),
    };

    /// <summary>Whether lines are counted per inch and not per millimetre (T.30 table 2, bit 44).</summary>
    public static bool IsInchBased(this FaxResolution resolution) => resolution >= FaxResolution.Inch200x100;
}
