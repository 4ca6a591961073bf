namespace Faxbot.Imaging.Tiff;

/// <summary>TIFF's tag 259, as far as fax pages use it. The numbers are those of TIFF 6.0.</summary>
public enum TiffCompression
{
    /// <summary>One bit a pixel.</summary>
    None = 1,
    /// <summary>MH without EOL, each row on an octet boundary (TIFF 6.0, section 10).</summary>
    CcittRle = 2,
    /// <summary>T.4: MH or MR, as T4Options says (TIFF 6.0, section 11).</summary>
    Group3 = 3,
    /// <summary>T.6 (TIFF 6.0, section 11).</summary>
    Group4 = 4,
}
