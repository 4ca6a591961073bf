using Faxbot.Sip.Sdp;

namespace Faxbot.Sip.Tests.Sdp;

public sealed class T38AttributesTests
{
    private static readonly T38Attributes Usual = new()
    {
        MaxBitRate = 14_400,
        RateManagement = T38RateManagement.TransferredTcf,
        ErrorCorrection = T38ErrorCorrection.Redundancy,
    };

    public static TheoryData<string, T38Attributes> Samples => new()
    {
        { "gateway-numbered-flags", Usual with { MaxBuffer = 200, MaxDatagram = 72 } },
        {
            "gateway-ones",
            new()
            {
                MaxBitRate = 9_600,
                FillBitRemoval = true,
                TranscodingMmr = true,
                TranscodingJbig = true,
                RateManagement = T38RateManagement.LocalTcf,
                MaxBuffer = 1_024,
                MaxDatagram = 238,
                ErrorCorrection = T38ErrorCorrection.Fec,
                VendorInfo = "0 0 37",
            }
        },
        { "sbc-uppercase", Usual with { MaxDatagram = 612 } },
        { "trunk-audio-and-image", Usual with { MaxDatagram = 612 } },
        {
            "v34-large",
            Usual with
            {
                Version = 3,
                MaxBitRate = 33_600,
                FillBitRemoval = true,
                TranscodingMmr = true,
                MaxBuffer = int.MaxValue,
                MaxDatagram = 1_472,
                MaxIfp = 40,
                ErrorCorrection = T38ErrorCorrection.Fec,
            }
        },
        {
            "flags-without-value-lf",
            Usual with { Version = 2, FillBitRemoval = true, TranscodingMmr = true, TranscodingJbig = true, ErrorCorrection = T38ErrorCorrection.None }
        },
        { "asterisk-two-images", Usual with { MaxDatagram = 400 } },
        { "session-level-attributes", new() { Version = 1, MaxBitRate = 12_000, ErrorCorrection = T38ErrorCorrection.Redundancy } },
        { "nonsense-values", new() { MaxBitRate = 14_400, MaxDatagram = int.MaxValue, TranscodingMmr = true } },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reads_each_spelling(string name, T38Attributes expected) => Assert.Equal(expected, T38OfferAnswer.ReadLeg(SdpCorpus.Read(name))!.Attributes);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Writes_what_it_reads(string name, T38Attributes attributes)
    {
        var line = new SdpMedia("image", 1, "udptl", ["t38"]) { Attributes = attributes.ToAttributes() };

        Assert.True(T38Attributes.Read(SdpCorpus.Read(name) with { Attributes = [] }, line) == attributes, name);
    }

    [Fact]
    public void The_lab_s_Asterisk_is_read_in_full()
    {
        var legs = SdpCorpus.LabBodies().Select(body => T38OfferAnswer.ReadLeg(SdpCorpus.Parse(System.Text.Encoding.UTF8.GetString(body)))).OfType<T38Leg>().ToArray();

        Assert.True(legs.Length >= 4);
        Assert.All(legs, leg =>
        {
            Assert.Equal("127.0.0.1", leg.Address);
            Assert.Equal(Usual with { MaxDatagram = 1_400 }, leg.Attributes);
        });
    }

    [Fact]
    public void Writes_the_spelling_of_the_standard() =>
        Assert.Equal(
            ["T38FaxVersion:3", "T38MaxBitRate:14400", "T38FaxFillBitRemoval", "T38FaxRateManagement:transferredTCF", "T38FaxMaxBuffer:2000",
                "T38FaxMaxDatagram:1400", "T38FaxUdpEC:t38UDPFEC"],
            new T38Attributes
            {
                Version = 3,
                MaxBitRate = 14_400,
                FillBitRemoval = true,
                RateManagement = T38RateManagement.TransferredTcf,
                MaxBuffer = 2_000,
                MaxDatagram = 1_400,
                ErrorCorrection = T38ErrorCorrection.Fec,
            }.ToAttributes().Select(attribute => attribute.ToString()));
}
