using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.Negotiation;

/// <summary>Chooses how a page goes to a receiver. Pure: the same capabilities, page and limits always give the same choice.</summary>
public static class FaxNegotiation
{
    // A4 at R8: the scan lines that fit 297 mm and 364 mm are a matter of rendering, not of negotiation.
    private static readonly FaxResolution[] ByFineness =
        [FaxResolution.Standard, FaxResolution.Fine, FaxResolution.Superfine, FaxResolution.R16];

    /// <summary>The settings for a page of format <paramref name="page"/>.</summary>
    /// <param name="receiver">What the receiver's DIS says.</param>
    /// <param name="page">The page as it is; the answer's format may be coarser or narrower, never finer.</param>
    /// <param name="limits">What this side allows.</param>
    /// <param name="ceiling">The highest modulation still trusted in this call; null at its beginning.</param>
    /// <returns>Null when no modulation is common to both.</returns>
    public static DcsSettings? Choose(DisCapabilities receiver, PageFormat page, TransmitterLimits limits, Modulation? ceiling)
    {
        if (ChooseModulation(receiver.Modems, limits.MaxBitRate, ceiling) is not { } modulation) return null;
        var ecm = receiver.Ecm && limits.Ecm;
        var format = ChooseFormat(receiver, page);
        return new DcsSettings
        {
            Modulation = modulation,
            Ecm = ecm,
            Coding = ChooseCoding(receiver, limits, ecm),
            Format = format,
            MinimumScanTime = ecm ? TimeSpan.Zero : MinimumScanLine.At(receiver, format.Resolution),
            Length = receiver.Length,
        };
    }

    private static Modulation? ChooseModulation(ModemCapability modems, int maxBitRate, Modulation? ceiling)
    {
        Modulation? candidate = modems switch
        {
            ModemCapability.V17 => Modulation.V17At14400,
            ModemCapability.V29 or ModemCapability.V29Only => Modulation.V29At9600,
            ModemCapability.V27ter => Modulation.V27ter4800,
            _ => Modulation.V27ter2400,
        };
        var limit = Math.Min(maxBitRate, ceiling?.BitRate() ?? int.MaxValue);
        while (candidate is { } modulation && modulation.BitRate() > limit) candidate = modulation.Lower();
        // A receiver that has V.29 alone cannot follow below 7200 bit/s.
        return modems == ModemCapability.V29Only && candidate < Modulation.V29At7200 ? null : candidate;
    }

    private static FaxCoding ChooseCoding(DisCapabilities receiver, TransmitterLimits limits, bool ecm)
    {
        // T.6 has no line synchronisation: T.30 allows it with error correction alone.
        if (ecm && receiver.Mmr && limits.BestCoding >= FaxCoding.Mmr) return FaxCoding.Mmr;
        return receiver.Mr && limits.BestCoding >= FaxCoding.Mr ? FaxCoding.Mr : FaxCoding.Mh;
    }

    private static PageFormat ChooseFormat(DisCapabilities receiver, PageFormat page)
    {
        var resolution = ChooseResolution(receiver, page.Resolution);
        var r8Width = R8WidthOf(page);
        if (r8Width > receiver.MaxWidth) r8Width = receiver.MaxWidth;
        return new PageFormat(DcsSettings.WidthAt(resolution, r8Width), resolution);
    }

    private static FaxResolution ChooseResolution(DisCapabilities receiver, FaxResolution page)
    {
        switch (page)
        {
            case FaxResolution.Inch300 when receiver.Inch300:
            case FaxResolution.Inch400 or FaxResolution.Inch600 when receiver.Inch300 && !receiver.R16:
                return FaxResolution.Inch300;
            // T.30 table 2 notes: bits 15 and 43 may mean the metric or the inch-based form; bit 44 tells the receiver's preference.
            case FaxResolution.Inch200 when receiver.Fine && receiver.PrefersInch:
            case FaxResolution.Inch200x100 when receiver.PrefersInch:
                return page;
            case FaxResolution.Inch400 or FaxResolution.Inch600 when receiver.R16 && receiver.PrefersInch:
                return FaxResolution.Inch400;
        }

        var wanted = Array.IndexOf(ByFineness, NearestMetric(page));
        while (wanted > 0 && !Supports(receiver, ByFineness[wanted])) wanted--;
        return ByFineness[wanted];
    }

    private static bool Supports(DisCapabilities receiver, FaxResolution resolution) => resolution switch
    {
        FaxResolution.Standard => true,
        FaxResolution.Fine => receiver.Fine,
        FaxResolution.Superfine => receiver.Superfine,
        FaxResolution.R16 => receiver.R16,
        _ => false,
    };

    private static FaxResolution NearestMetric(FaxResolution resolution) => resolution switch
    {
        FaxResolution.Inch200x100 => FaxResolution.Standard,
        FaxResolution.Inch200 => FaxResolution.Fine,
        FaxResolution.Inch200x400 => FaxResolution.Superfine,
        FaxResolution.Inch300 => FaxResolution.Fine,
        FaxResolution.Inch400 or FaxResolution.Inch600 => FaxResolution.R16,
        _ => resolution,
    };

    private static int R8WidthOf(PageFormat page)
    {
        foreach (var width in (ReadOnlySpan<int>)[1728, 2048, 2432])
        {
            if (page.Width <= DcsSettings.WidthAt(page.Resolution, width)) return width;
        }

        return 2432;
    }
}
