namespace Faxbot.Fax.T30;

/// <summary>What a terminal can do, as its DIS or DTC says (T.30 table 2).</summary>
public sealed record DisCapabilities
{
    /// <summary>Bit 9: has a document to be polled.</summary>
    public bool CanTransmit { get; init; }

    /// <summary>Bit 10: can receive.</summary>
    public bool CanReceive { get; init; } = true;

    /// <summary>Bits 11-14: the highest modulation of each family that it has.</summary>
    public ModemCapability Modems { get; init; } = ModemCapability.V17;

    /// <summary>Bit 15: R8 x 7.7 lines/mm, 200 x 200 dpi, or both.</summary>
    public bool Fine { get; init; }

    /// <summary>Bit 41: R8 x 15.4 lines/mm.</summary>
    public bool Superfine { get; init; }

    /// <summary>Bit 42: 300 x 300 dpi.</summary>
    public bool Inch300 { get; init; }

    /// <summary>Bit 43: R16 x 15.4 lines/mm, 400 x 400 dpi, or both.</summary>
    public bool R16 { get; init; }

    /// <summary>Bit 44: prefers inch-based resolutions.</summary>
    public bool PrefersInch { get; init; }

    /// <summary>Bit 16: MR.</summary>
    public bool Mr { get; init; }

    /// <summary>Bit 31: MMR (with ECM only).</summary>
    public bool Mmr { get; init; }

    /// <summary>Bit 27: error correction mode.</summary>
    public bool Ecm { get; init; }

    /// <summary>Bits 17-18: the widest page, as pixels at R8 or 200 dpi: 1728, 2048 or 2432.</summary>
    public int MaxWidth { get; init; } = 1728;

    /// <summary>Bits 19-20: the longest page.</summary>
    public PageLengthCapability Length { get; init; } = PageLengthCapability.Unlimited;

    /// <summary>Bits 21-23: the shortest time a coded row must take at 3.85 lines/mm.</summary>
    public TimeSpan MinimumScanTime { get; init; }

    /// <summary>Bits 21-23: whether that time halves at 7.7 lines/mm.</summary>
    public bool ScanTimeHalvesAtFine { get; init; }

    /// <summary>Bit 46: whether it halves again at 15.4 lines/mm.</summary>
    public bool ScanTimeHalvesAtSuperfine { get; init; }

    /// <summary>Bit 47: selective polling (SEP).</summary>
    public bool SelectivePolling { get; init; }

    /// <summary>Bit 49: subaddressing (SUB).</summary>
    public bool Subaddressing { get; init; }

    /// <summary>Bit 50: password or sender identification (PWD, SID).</summary>
    public bool Password { get; init; }

    /// <summary>Reads the information field of DIS or DTC. Fields shorter than three octets read as a minimal terminal.</summary>
    public static DisCapabilities Parse(ReadOnlySpan<byte> field)
    {
        var (scanTime, halvesAtFine) = MinimumScanLine.FromDis(field.Bits(21, 3));
        return new DisCapabilities
        {
            CanTransmit = field.Bit(9),
            CanReceive = field.Bit(10),
            Modems = ModemsFromBits(field.Bits(11, 4)),
            Fine = field.Bit(15),
            Mr = field.Bit(16),
            MaxWidth = field.Bits(17, 2) switch { 0b00 => 1728, 0b10 => 2048, _ => 2432 },
            Length = (PageLengthCapability)field.Bits(19, 2),
            MinimumScanTime = scanTime,
            ScanTimeHalvesAtFine = halvesAtFine,
            Ecm = field.Bit(24) && field.Bit(27),
            Mmr = field.Bit(24) && field.Bit(27) && field.Bit(31),
            Superfine = Extended(field, 41),
            Inch300 = Extended(field, 42),
            R16 = Extended(field, 43),
            PrefersInch = Extended(field, 44),
            ScanTimeHalvesAtSuperfine = Extended(field, 46),
            SelectivePolling = Extended(field, 47),
            Subaddressing = Extended(field, 49),
            Password = Extended(field, 50),
        };
    }

    /// <summary>The information field of DIS or DTC.</summary>
    public byte[] Write()
    {
        Span<byte> field = stackalloc byte[7];
        field.SetBit(9, CanTransmit);
        field.SetBit(10, CanReceive);
        field.SetBits(11, 4, ModemBits(Modems));
        field.SetBit(15, Fine);
        field.SetBit(16, Mr);
        field.SetBits(17, 2, MaxWidth >= 2432 ? 0b01 : MaxWidth >= 2048 ? 0b10 : 0b00);
        field.SetBits(19, 2, (int)Length);
        field.SetBits(21, 3, MinimumScanLine.ToDis(MinimumScanTime, ScanTimeHalvesAtFine));
        field.SetBit(27, Ecm);
        field.SetBit(31, Ecm && Mmr);
        field.SetBit(41, Superfine);
        field.SetBit(42, Inch300);
        field.SetBit(43, R16);
        field.SetBit(44, PrefersInch);
        field.SetBit(45, !PrefersInch && (Superfine || Inch300 || R16));
        field.SetBit(46, ScanTimeHalvesAtSuperfine);
        field.SetBit(47, SelectivePolling);
        field.SetBit(49, Subaddressing);
        field.SetBit(50, Password);
        return FieldBits.Finish(field);
    }

    // A bit counts only when every extend bit (24, 32, 40 ...) before its octet is set.
    private static bool Extended(ReadOnlySpan<byte> field, int number)
    {
        for (var extend = 24; extend < number; extend += 8)
        {
            if (!field.Bit(extend)) return false;
        }

        return field.Bit(number);
    }

    private static ModemCapability ModemsFromBits(int bits) => bits switch
    {
        0b0000 => ModemCapability.V27terFallback,
        0b0100 => ModemCapability.V27ter,
        0b1000 => ModemCapability.V29Only,
        0b1100 or 0b1110 => ModemCapability.V29,
        0b1101 => ModemCapability.V17,
        // Reserved values: what every terminal has.
        _ => ModemCapability.V27terFallback,
    };

    private static int ModemBits(ModemCapability modems) => modems switch
    {
        ModemCapability.V27terFallback => 0b0000,
        ModemCapability.V27ter => 0b0100,
        ModemCapability.V29Only => 0b1000,
        ModemCapability.V29 => 0b1100,
        _ => 0b1101,
    };
}

/// <summary>The sets of modems that DIS can name.</summary>
public enum ModemCapability
{
    /// <summary>V.27ter at 2400 bit/s.</summary>
    V27terFallback,
    /// <summary>V.27ter at 2400 and 4800 bit/s.</summary>
    V27ter,
    /// <summary>V.29 without V.27ter.</summary>
    V29Only,
    /// <summary>V.27ter and V.29.</summary>
    V29,
    /// <summary>V.27ter, V.29 and V.17.</summary>
    V17,
}

/// <summary>The page lengths that DIS can name (bits 19 and 20).</summary>
public enum PageLengthCapability
{
    /// <summary>297 mm.</summary>
    A4 = 0b00,
    /// <summary>Any length.</summary>
    Unlimited = 0b01,
    /// <summary>364 mm.</summary>
    B4 = 0b10,
}
