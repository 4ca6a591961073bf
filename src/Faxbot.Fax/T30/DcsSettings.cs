using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.T30;

/// <summary>What the transmitter chose for the pages that follow, as DCS says it (T.30 table 2).</summary>
public sealed record DcsSettings
{
    /// <summary>Bits 11-14.</summary>
    public required Modulation Modulation { get; init; }

    /// <summary>Bits 16 and 31.</summary>
    public required FaxCoding Coding { get; init; }

    /// <summary>Bits 15, 17-18, 41-44.</summary>
    public required PageFormat Format { get; init; }

    /// <summary>Bit 27: error correction mode.</summary>
    public bool Ecm { get; init; }

    /// <summary>Bit 28: the data octets of an FCD frame, 256 or 64.</summary>
    public int FrameSize { get; init; } = 256;

    /// <summary>Bits 21-23.</summary>
    public TimeSpan MinimumScanTime { get; init; }

    /// <summary>Bits 19-20.</summary>
    public PageLengthCapability Length { get; init; } = PageLengthCapability.Unlimited;

    /// <summary>Bit 49: SUB was sent.</summary>
    public bool Subaddress { get; init; }

    /// <summary>Bit 50: SID was sent.</summary>
    public bool SenderIdentification { get; init; }

    /// <summary>Reads the information field of DCS; null when it names a modulation or a size that T.30 does not know.</summary>
    public static DcsSettings? TryParse(ReadOnlySpan<byte> field)
    {
        if (field.Length < 3 || ModulationExtensions.FromDcsBits(field.Bits(11, 4)) is not { } modulation) return null;
        if (ReadFormat(field) is not { } format) return null;
        var ecm = field.Bit(24) && field.Bit(27);
        return new DcsSettings
        {
            Modulation = modulation,
            Coding = ecm && field.Bit(31) ? FaxCoding.Mmr : field.Bit(16) ? FaxCoding.Mr : FaxCoding.Mh,
            Format = format,
            Ecm = ecm,
            FrameSize = ecm && field.Bit(28) ? 64 : 256,
            MinimumScanTime = MinimumScanLine.FromDcs(field.Bits(21, 3)),
            Length = (PageLengthCapability)field.Bits(19, 2),
            Subaddress = field.Bit(49),
            SenderIdentification = field.Bit(50),
        };
    }

    /// <summary>The information field of DCS.</summary>
    public byte[] Write()
    {
        Span<byte> field = stackalloc byte[7];
        // Bit 10: receive facsimile document.
        field.SetBit(10);
        field.SetBits(11, 4, Modulation.ToDcsBits());
        field.SetBit(15, Format.Resolution is FaxResolution.Fine or FaxResolution.Inch200);
        field.SetBit(16, Coding == FaxCoding.Mr);
        field.SetBits(17, 2, WidthBits(Format));
        field.SetBits(19, 2, (int)Length);
        field.SetBits(21, 3, MinimumScanLine.ToDcs(MinimumScanTime));
        field.SetBit(27, Ecm);
        field.SetBit(28, Ecm && FrameSize == 64);
        field.SetBit(31, Ecm && Coding == FaxCoding.Mmr);
        field.SetBit(41, Format.Resolution == FaxResolution.Superfine);
        field.SetBit(42, Format.Resolution == FaxResolution.Inch300);
        field.SetBit(43, Format.Resolution is FaxResolution.R16 or FaxResolution.Inch400);
        field.SetBit(44, Format.Resolution.IsInchBased());
        field.SetBit(49, Subaddress);
        field.SetBit(50, SenderIdentification);
        return FieldBits.Finish(field);
    }

    /// <summary>The first two octets of <see cref="Write"/>: the information field of CTC (T.30 annex A.4.1).</summary>
    public byte[] WriteCtc() => Write()[..2];

    /// <summary>The pixels of a row of a page that is <paramref name="r8Width"/> wide at R8.</summary>
    internal static int WidthAt(FaxResolution resolution, int r8Width) => resolution switch
    {
        FaxResolution.R16 or FaxResolution.Inch400 => r8Width * 2,
        FaxResolution.Inch300 => r8Width * 3 / 2,
        FaxResolution.Inch600 => r8Width * 3,
        _ => r8Width,
    };

    private static int WidthBits(PageFormat format) =>
        format.Width == WidthAt(format.Resolution, 1728) ? 0b00 : format.Width == WidthAt(format.Resolution, 2048) ? 0b10 : 0b01;

    private static PageFormat? ReadFormat(ReadOnlySpan<byte> field)
    {
        var inch = field.Bit(44);
        var resolution = field switch
        {
            _ when field.Bit(43) => inch ? FaxResolution.Inch400 : FaxResolution.R16,
            _ when field.Bit(42) => FaxResolution.Inch300,
            _ when field.Bit(41) => FaxResolution.Superfine,
            _ when field.Bit(15) => inch ? FaxResolution.Inch200 : FaxResolution.Fine,
            _ => inch ? FaxResolution.Inch200x100 : FaxResolution.Standard,
        };
        var r8Width = field.Bits(17, 2) switch { 0b00 => 1728, 0b10 => 2048, 0b01 => 2432, _ => 0 };
        return r8Width == 0 ? null : new PageFormat(WidthAt(resolution, r8Width), resolution);
    }
}
