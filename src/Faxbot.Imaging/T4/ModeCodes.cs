namespace Faxbot.Imaging.T4;

/// <summary>The code words of two-dimensional coding (T.4 table 4, T.6 table 1) and those that end lines and pages.</summary>
internal static class ModeCodes
{
    /// <summary>How far a1 may be from b1 in vertical mode.</summary>
    public const int Reach = 3;

    /// <summary>Bits of the code word of horizontal mode.</summary>
    public const int HorizontalLength = 3;

    public static CodeWord Pass { get; } = CodeWord.Parse("0001");

    public static CodeWord Horizontal { get; } = CodeWord.Parse("001");

    /// <summary>Eleven zeros and a one: T.4 4.1.2. Two of them are the EOFB of T.6 2.2.5.</summary>
    public static CodeWord Eol { get; } = CodeWord.Parse("000000000001");

    /// <summary>VL3, VL2, VL1, V0, VR1, VR2, VR3.</summary>
    private static readonly CodeWord[] VerticalWords = CodeWord.ParseAll("0000010 000010 010 1 011 000011 0000011");

    public static bool IsVertical(int distance) => (uint)(distance + Reach) <= 2 * Reach;

    /// <summary>The code for a1 that is <paramref name="distance"/> (-3 to 3) right of b1.</summary>
    public static CodeWord Vertical(int distance) => VerticalWords[distance + Reach];
}
