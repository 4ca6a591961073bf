namespace Faxbot.Fax.T30;

/// <summary>The modems of a fax call: V.21 for control frames, the others for training checks and pages.</summary>
public enum Modulation
{
    /// <summary>V.21 channel 2, 300 bit/s: T.30 control frames.</summary>
    V21,
    /// <summary>V.27ter, 2400 bit/s.</summary>
    V27ter2400,
    /// <summary>V.27ter, 4800 bit/s.</summary>
    V27ter4800,
    /// <summary>V.29, 7200 bit/s.</summary>
    V29At7200,
    /// <summary>V.29, 9600 bit/s.</summary>
    V29At9600,
    /// <summary>V.17, 7200 bit/s.</summary>
    V17At7200,
    /// <summary>V.17, 9600 bit/s.</summary>
    V17At9600,
    /// <summary>V.17, 12000 bit/s.</summary>
    V17At12000,
    /// <summary>V.17, 14400 bit/s.</summary>
    V17At14400,
}

/// <summary>Rates, and the order in which a call falls back.</summary>
public static class ModulationExtensions
{
    /// <summary>Bits per second.</summary>
    public static int BitRate(this Modulation modulation) => modulation switch
    {
        Modulation.V21 => 300,
        Modulation.V27ter2400 => 2400,
        Modulation.V27ter4800 => 4800,
        Modulation.V29At7200 or Modulation.V17At7200 => 7200,
        Modulation.V29At9600 or Modulation.V17At9600 => 9600,
        Modulation.V17At12000 => 12000,
        _ => 14400,
    };

    /// <summary>Whether this is V.17, which alone has a short training sequence.</summary>
    public static bool IsV17(this Modulation modulation) => modulation >= Modulation.V17At7200;

    /// <summary>The next rate to try after a failed training check; null below 2400 bit/s.</summary>
    public static Modulation? Lower(this Modulation modulation) => modulation switch
    {
        Modulation.V17At14400 => Modulation.V17At12000,
        Modulation.V17At12000 => Modulation.V17At9600,
        Modulation.V17At9600 => Modulation.V17At7200,
        Modulation.V29At9600 => Modulation.V29At7200,
        Modulation.V17At7200 or Modulation.V29At7200 => Modulation.V27ter4800,
        Modulation.V27ter4800 => Modulation.V27ter2400,
        _ => null,
    };

    // T.30 table 2, bits 11 to 14 of DCS, the first bit being the most significant here.
    internal static int ToDcsBits(this Modulation modulation) => modulation switch
    {
        Modulation.V27ter2400 => 0b0000,
        Modulation.V27ter4800 => 0b0100,
        Modulation.V29At9600 => 0b1000,
        Modulation.V29At7200 => 0b1100,
        Modulation.V17At14400 => 0b0001,
        Modulation.V17At12000 => 0b0101,
        Modulation.V17At9600 => 0b1001,
        Modulation.V17At7200 => 0b1101,
        _ => throw new ArgumentOutOfRangeException(nameof(modulation), modulation, "DCS cannot name this modulation."),
    };

    internal static Modulation? FromDcsBits(int bits) => bits switch
    {
        0b0000 => Modulation.V27ter2400,
        0b0100 => Modulation.V27ter4800,
        0b1000 => Modulation.V29At9600,
        0b1100 => Modulation.V29At7200,
        0b0001 => Modulation.V17At14400,
        0b0101 => Modulation.V17At12000,
        0b1001 => Modulation.V17At9600,
        0b1101 => Modulation.V17At7200,
        _ => null,
    };
}
