using CsCheck;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.Tests.T30;

/// <summary>The information fields of DIS and DCS (T.30 table 2).</summary>
public sealed class InformationFieldTests
{
    private static readonly Gen<TimeSpan> ScanTimes = Gen.OneOf(0, 5, 10, 20, 40).Select(time => TimeSpan.FromMilliseconds(time));

    // 0 and 5 ms do not halve: table 2 has no such values.
    private static readonly Gen<DisCapabilities> Capabilities =
        from modems in Gen.OneOf(Enum.GetValues<ModemCapability>())
        from length in Gen.OneOf(Enum.GetValues<PageLengthCapability>())
        from width in Gen.OneOf(1728, 2048, 2432)
        from scanTime in ScanTimes
        from bits in Gen.Bool.Array[15]
        select new DisCapabilities
        {
            Modems = modems,
            Length = length,
            MaxWidth = width,
            MinimumScanTime = scanTime,
            ScanTimeHalvesAtFine = bits[0] && scanTime.TotalMilliseconds >= 10,
            ScanTimeHalvesAtSuperfine = bits[1],
            CanTransmit = bits[2],
            CanReceive = bits[3],
            Fine = bits[4],
            Superfine = bits[5],
            Inch300 = bits[6],
            R16 = bits[7],
            PrefersInch = bits[8],
            Mr = bits[9],
            Ecm = bits[10],
            Mmr = bits[10] && bits[11],
            SelectivePolling = bits[12],
            Subaddressing = bits[13],
            Password = bits[14],
        };

    private static readonly Gen<DcsSettings> Settings =
        from modulation in Gen.OneOf([.. Enum.GetValues<Modulation>().Where(modulation => modulation != Modulation.V21)])
        from resolution in Gen.OneOf([.. Enum.GetValues<FaxResolution>().Except([FaxResolution.Inch600, FaxResolution.Inch200x400])])
        from width in Gen.OneOf(1728, 2048, 2432)
        from length in Gen.OneOf(Enum.GetValues<PageLengthCapability>())
        from scanTime in ScanTimes
        from coding in Gen.OneOf(Enum.GetValues<FaxCoding>())
        from bits in Gen.Bool.Array[4]
        let ecm = bits[0] || coding == FaxCoding.Mmr
        select new DcsSettings
        {
            Modulation = modulation,
            Coding = coding,
            Format = new PageFormat(DcsSettings.WidthAt(resolution, width), resolution),
            Length = length,
            MinimumScanTime = scanTime,
            Ecm = ecm,
            FrameSize = ecm && bits[1] ? 64 : 256,
            Subaddress = bits[2],
            SenderIdentification = bits[3],
        };

    [Fact]
    public void DIS_is_read_as_it_was_written() => Capabilities.Sample(capabilities => DisCapabilities.Parse(capabilities.Write()) == capabilities);

    [Fact]
    public void DCS_is_read_as_it_was_written() => Settings.Sample(settings => DcsSettings.TryParse(settings.Write()) == settings);

    [Fact]
    public void CTC_carries_the_first_sixteen_bits_of_DCS() => Settings.Sample(settings => settings.WriteCtc().AsSpan().SequenceEqual(settings.Write().AsSpan(0, 2)));

    [Fact]
    public void Any_octets_read_as_DIS_or_DCS_say_the_same_when_written_again() =>
        Gen.Byte.Array[0, 12].Sample(octets =>
        {
            var capabilities = DisCapabilities.Parse(octets);
            return DisCapabilities.Parse(capabilities.Write()) == capabilities
                && (DcsSettings.TryParse(octets) is not { } settings || DcsSettings.TryParse(settings.Write()) == settings);
        });

    [Theory]
    [InlineData(FaxCoding.Mh, false, "00440070", 3)]
    [InlineData(FaxCoding.Mr, false, "00450070", 3)]
    [InlineData(FaxCoding.Mmr, true, "00440071", 4)]
    public void Octets_that_say_nothing_are_left_out_and_the_others_announced_by_extend_bits(FaxCoding coding, bool ecm, string begins, int length)
    {
        var field = new DcsSettings { Modulation = Modulation.V17At14400, Coding = coding, Format = new PageFormat(1728, FaxResolution.Standard), Ecm = ecm }.Write();

        Assert.Equal(length, field.Length);
        Assert.Equal(ecm, (field[2] & 1) != 0);
        Assert.Equal(Convert.FromHexString(begins)[1], field[1]);
    }
}
