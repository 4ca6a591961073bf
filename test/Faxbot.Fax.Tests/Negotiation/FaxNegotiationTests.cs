using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.Tests.Negotiation;

/// <summary>DIS to DCS (T.30 table 2): one row for each edge.</summary>
public sealed class FaxNegotiationTests
{
    private static readonly PageFormat A4 = new(1728, FaxResolution.Fine);
    private static readonly DisCapabilities Best = new()
    {
        Fine = true, Superfine = true, Inch300 = true, R16 = true, Mr = true, Ecm = true, Mmr = true, MaxWidth = 2432,
    };

    [Theory]
    [InlineData(ModemCapability.V17, 14_400, null, Modulation.V17At14400)]
    [InlineData(ModemCapability.V17, 33_600, null, Modulation.V17At14400)]
    [InlineData(ModemCapability.V17, 12_000, null, Modulation.V17At12000)]
    [InlineData(ModemCapability.V17, 9600, null, Modulation.V17At9600)]
    [InlineData(ModemCapability.V17, 9599, null, Modulation.V17At7200)]
    [InlineData(ModemCapability.V17, 4800, null, Modulation.V27ter4800)]
    [InlineData(ModemCapability.V17, 2400, null, Modulation.V27ter2400)]
    [InlineData(ModemCapability.V17, 2399, null, null)]
    [InlineData(ModemCapability.V17, 14_400, Modulation.V17At7200, Modulation.V17At7200)]
    [InlineData(ModemCapability.V17, 4800, Modulation.V17At7200, Modulation.V27ter4800)]
    [InlineData(ModemCapability.V29, 14_400, null, Modulation.V29At9600)]
    [InlineData(ModemCapability.V29, 7200, null, Modulation.V29At7200)]
    [InlineData(ModemCapability.V29, 14_400, Modulation.V27ter4800, Modulation.V27ter4800)]
    [InlineData(ModemCapability.V29Only, 14_400, null, Modulation.V29At9600)]
    [InlineData(ModemCapability.V29Only, 7200, null, Modulation.V29At7200)]
    [InlineData(ModemCapability.V29Only, 4800, null, null)]
    [InlineData(ModemCapability.V29Only, 14_400, Modulation.V27ter4800, null)]
    [InlineData(ModemCapability.V27ter, 14_400, null, Modulation.V27ter4800)]
    [InlineData(ModemCapability.V27ter, 2400, null, Modulation.V27ter2400)]
    [InlineData(ModemCapability.V27terFallback, 14_400, null, Modulation.V27ter2400)]
    public void The_rate_is_the_highest_that_both_have_and_still_trust(ModemCapability modems, int most, Modulation? ceiling, Modulation? expected) =>
        Assert.Equal(expected, FaxNegotiation.Choose(Best with { Modems = modems }, A4, new TransmitterLimits { MaxBitRate = most }, ceiling)?.Modulation);

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void Errors_are_corrected_when_both_can(bool receiver, bool transmitter, bool expected) =>
        Assert.Equal(expected, Choose(Best with { Ecm = receiver, Mmr = receiver }, A4, new TransmitterLimits { Ecm = transmitter }).Ecm);

    [Theory]
    [InlineData(true, true, true, FaxCoding.Mmr, FaxCoding.Mmr)]
    [InlineData(true, true, true, FaxCoding.Mr, FaxCoding.Mr)]
    [InlineData(true, true, true, FaxCoding.Mh, FaxCoding.Mh)]
    [InlineData(true, false, true, FaxCoding.Mmr, FaxCoding.Mmr)]
    [InlineData(true, false, true, FaxCoding.Mr, FaxCoding.Mh)]
    [InlineData(true, true, false, FaxCoding.Mmr, FaxCoding.Mr)]
    [InlineData(true, false, false, FaxCoding.Mmr, FaxCoding.Mh)]
    [InlineData(false, true, true, FaxCoding.Mmr, FaxCoding.Mr)]
    [InlineData(false, false, true, FaxCoding.Mmr, FaxCoding.Mh)]
    public void The_coding_is_the_densest_that_both_have_and_MMR_needs_error_correction(bool ecm, bool mr, bool mmr, FaxCoding best, FaxCoding expected) =>
        Assert.Equal(expected, Choose(Best with { Ecm = ecm, Mr = mr, Mmr = mmr }, A4, new TransmitterLimits { BestCoding = best }).Coding);

    [Theory]
    [InlineData(1728, 1728, 1728)]
    [InlineData(1728, 2432, 1728)]
    [InlineData(2048, 2432, 2048)]
    [InlineData(2048, 1728, 1728)]
    [InlineData(2432, 2432, 2432)]
    [InlineData(2432, 2048, 2048)]
    [InlineData(2432, 1728, 1728)]
    [InlineData(1000, 2432, 1728)]
    [InlineData(3000, 2432, 2432)]
    public void The_width_is_the_page_s_as_far_as_the_receiver_has_it(int page, int receiver, int expected) =>
        Assert.Equal(expected, Choose(Best with { MaxWidth = receiver }, A4 with { Width = page }).Format.Width);

    [Theory]
    [InlineData(FaxResolution.R16, 3456)]
    [InlineData(FaxResolution.Inch300, 2592)]
    public void The_width_counts_in_the_pixels_of_its_resolution(FaxResolution resolution, int width) =>
        Assert.Equal(new PageFormat(width, resolution), Choose(Best, new PageFormat(width, resolution)).Format);

    [Theory]
    [InlineData(FaxResolution.Standard, "fine superfine r16 300", FaxResolution.Standard)]
    [InlineData(FaxResolution.Fine, "fine", FaxResolution.Fine)]
    [InlineData(FaxResolution.Fine, "", FaxResolution.Standard)]
    [InlineData(FaxResolution.Superfine, "fine superfine", FaxResolution.Superfine)]
    [InlineData(FaxResolution.Superfine, "fine", FaxResolution.Fine)]
    [InlineData(FaxResolution.Superfine, "", FaxResolution.Standard)]
    [InlineData(FaxResolution.R16, "fine superfine r16", FaxResolution.R16)]
    [InlineData(FaxResolution.R16, "fine superfine", FaxResolution.Superfine)]
    [InlineData(FaxResolution.R16, "fine", FaxResolution.Fine)]
    [InlineData(FaxResolution.Inch200x100, "inch", FaxResolution.Inch200x100)]
    [InlineData(FaxResolution.Inch200x100, "", FaxResolution.Standard)]
    [InlineData(FaxResolution.Inch200, "fine inch", FaxResolution.Inch200)]
    [InlineData(FaxResolution.Inch200, "fine", FaxResolution.Fine)]
    [InlineData(FaxResolution.Inch200, "inch", FaxResolution.Standard)]
    [InlineData(FaxResolution.Inch200x400, "fine superfine", FaxResolution.Superfine)]
    [InlineData(FaxResolution.Inch300, "fine 300", FaxResolution.Inch300)]
    [InlineData(FaxResolution.Inch300, "fine superfine", FaxResolution.Fine)]
    [InlineData(FaxResolution.Inch400, "fine r16 inch", FaxResolution.Inch400)]
    [InlineData(FaxResolution.Inch400, "fine r16", FaxResolution.R16)]
    [InlineData(FaxResolution.Inch400, "fine r16 300 inch", FaxResolution.Inch400)]
    [InlineData(FaxResolution.Inch400, "fine r16 300", FaxResolution.R16)]
    [InlineData(FaxResolution.Inch400, "fine 300", FaxResolution.Inch300)]
    [InlineData(FaxResolution.Inch600, "fine r16 300 inch", FaxResolution.Inch400)]
    [InlineData(FaxResolution.Inch600, "fine 300", FaxResolution.Inch300)]
    [InlineData(FaxResolution.Inch600, "fine superfine r16", FaxResolution.R16)]
    [InlineData(FaxResolution.Inch600, "fine", FaxResolution.Fine)]
    public void The_resolution_is_the_page_s_or_the_next_coarser_that_the_receiver_has(FaxResolution page, string receiver, FaxResolution expected)
    {
        var words = receiver.Split(' ');
        var capabilities = Best with
        {
            Fine = words.Contains("fine"),
            Superfine = words.Contains("superfine"),
            R16 = words.Contains("r16"),
            Inch300 = words.Contains("300"),
            PrefersInch = words.Contains("inch"),
        };

        Assert.Equal(expected, Choose(capabilities, new PageFormat(DcsSettings.WidthAt(page, 1728), page)).Format.Resolution);
    }

    // T.30 table 2, bits 21 to 23 of DIS and bit 46.
    [Theory]
    [InlineData("111", false, FaxResolution.Standard, 0)]
    [InlineData("000", false, FaxResolution.Standard, 20)]
    [InlineData("000", false, FaxResolution.Fine, 20)]
    [InlineData("001", false, FaxResolution.Fine, 40)]
    [InlineData("010", false, FaxResolution.Fine, 10)]
    [InlineData("100", false, FaxResolution.Fine, 5)]
    [InlineData("011", false, FaxResolution.Standard, 10)]
    [InlineData("011", false, FaxResolution.Fine, 5)]
    [InlineData("110", false, FaxResolution.Standard, 20)]
    [InlineData("110", false, FaxResolution.Fine, 10)]
    [InlineData("110", false, FaxResolution.Superfine, 10)]
    [InlineData("110", true, FaxResolution.Superfine, 5)]
    [InlineData("101", false, FaxResolution.Fine, 20)]
    [InlineData("101", true, FaxResolution.Superfine, 10)]
    [InlineData("100", true, FaxResolution.Superfine, 5)]
    public void The_minimum_scan_time_is_what_the_receiver_needs_at_the_resolution(string bits, bool halvesAtSuperfine, FaxResolution resolution, int expected)
    {
        var (time, halves) = MinimumScanLine.FromDis(Convert.ToInt32(bits, 2));
        var receiver = Best with { Ecm = false, Mmr = false, MinimumScanTime = time, ScanTimeHalvesAtFine = halves, ScanTimeHalvesAtSuperfine = halvesAtSuperfine };

        Assert.Equal(Convert.ToInt32(bits, 2), MinimumScanLine.ToDis(time, halves));
        Assert.Equal(expected, Choose(receiver, A4 with { Resolution = resolution }).MinimumScanTime.TotalMilliseconds);
    }

    [Fact]
    public void With_error_correction_rows_need_no_minimum_time() =>
        Assert.Equal(TimeSpan.Zero, Choose(Best with { MinimumScanTime = TimeSpan.FromMilliseconds(40) }, A4).MinimumScanTime);

    [Theory]
    [InlineData(PageLengthCapability.A4)]
    [InlineData(PageLengthCapability.B4)]
    [InlineData(PageLengthCapability.Unlimited)]
    public void The_length_is_the_receiver_s(PageLengthCapability length) => Assert.Equal(length, Choose(Best with { Length = length }, A4).Length);

    private static DcsSettings Choose(DisCapabilities receiver, PageFormat page, TransmitterLimits? limits = null) =>
        FaxNegotiation.Choose(receiver, page, limits ?? new TransmitterLimits(), ceiling: null)!;
}
