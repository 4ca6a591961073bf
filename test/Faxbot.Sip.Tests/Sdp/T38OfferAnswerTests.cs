using Faxbot.Sip.Sdp;

namespace Faxbot.Sip.Tests.Sdp;

public sealed class T38OfferAnswerTests
{
    private static readonly SdpParty Local = new(SdpOrigin.Create(77, 1, "192.0.2.9"), "192.0.2.9", 4002);

    private static readonly T38Attributes Own = new()
    {
        Version = 3,
        MaxBitRate = 14_400,
        FillBitRemoval = true,
        RateManagement = T38RateManagement.TransferredTcf,
        MaxBuffer = 2_000,
        MaxDatagram = 1_400,
        ErrorCorrection = T38ErrorCorrection.Redundancy,
    };

    [Fact]
    public void An_offer_looks_as_T_38_D_2_has_it() =>
        Assert.Equal(
            """
            v=0
            o=- 77 1 IN IP4 192.0.2.9
            s=Faxbot
            c=IN IP4 192.0.2.9
            t=0 0
            m=image 4002 udptl t38
            a=T38FaxVersion:3
            a=T38MaxBitRate:14400
            a=T38FaxFillBitRemoval
            a=T38FaxRateManagement:transferredTCF
            a=T38FaxMaxBuffer:2000
            a=T38FaxMaxDatagram:1400
            a=T38FaxUdpEC:t38UDPRedundancy

            """.ReplaceLineEndings("\r\n"),
            T38OfferAnswer.CreateOffer(Local, Own).ToString());

    [Fact]
    public void A_reoffer_takes_the_slot_of_the_voice_and_keeps_the_number_of_lines()
    {
        var previous = SdpCorpus.Parse("v=0\no=- 77 1 IN IP4 h\nm=video 0 RTP/AVP 31\nm=audio 4000 RTP/AVP 8\nm=image 0 udptl t38");
        var offer = T38OfferAnswer.CreateOffer(Local with { Origin = previous.Origin.WithNextVersion() }, Own, previous);

        Assert.Equal(["video 0", "image 4002", "image 0"], offer.Media.Select(line => $"{line.Kind} {line.Port}"));
        Assert.Equal("2", offer.Origin.SessionVersion);
    }

    [Fact]
    public void An_answer_to_audio_and_image_takes_the_image()
    {
        var offer = SdpCorpus.Read("trunk-audio-and-image");
        var answer = T38OfferAnswer.CreateAnswer(offer, Local, Own)!;

        Assert.True(T38OfferAnswer.IsOfferedBy(offer));
        Assert.True(SdpOfferAnswer.IsAnswerTo(answer, offer));
        Assert.Equal(["m=audio 0 RTP/AVP 0 8 9 18 101", "m=image 4002 udptl t38"], answer.ToString().Split("\r\n").Where(line => line.StartsWith('m')));
        Assert.Empty(answer.Media[0].Attributes);
    }

    [Fact]
    public void An_answer_writes_protocol_and_format_as_the_offer_does() =>
        Assert.Equal(("UDPTL", "T38"), (Answer("sbc-uppercase").Protocol, Answer("sbc-uppercase").Formats[0]));

    [Fact]
    public void The_live_one_of_two_image_lines_is_answered()
    {
        var offer = SdpCorpus.Read("asterisk-two-images");
        var answer = T38OfferAnswer.CreateAnswer(offer, Local, Own)!;

        Assert.Equal([0, 0, 4002], answer.Media.Select(line => line.Port));
        Assert.Equal(4022, T38OfferAnswer.ReadLeg(offer)!.Port);
    }

    [Theory]
    [InlineData("audio-held")]
    [InlineData("audio-secure")]
    [InlineData("audio-everything")]
    public void Without_T38_over_UDPTL_there_is_no_answer(string name)
    {
        Assert.False(T38OfferAnswer.IsOfferedBy(SdpCorpus.Read(name)));
        Assert.Null(T38OfferAnswer.CreateAnswer(SdpCorpus.Read(name), Local, Own));
        Assert.Null(T38OfferAnswer.ReadLeg(SdpCorpus.Read(name)));
    }

    public static TheoryData<string, T38Attributes> Answers => new()
    {
        { "gateway-numbered-flags", Own with { Version = 0, FillBitRemoval = false } },
        { "gateway-ones", Own with { Version = 0, MaxBitRate = 9_600, RateManagement = T38RateManagement.LocalTcf } },
        { "v34-large", Own },
        { "flags-without-value-lf", Own with { Version = 2, ErrorCorrection = T38ErrorCorrection.None } },
        { "session-level-attributes", Own with { Version = 1, MaxBitRate = 12_000, FillBitRemoval = false } },
        { "nonsense-values", Own with { Version = 0, FillBitRemoval = false, ErrorCorrection = null } },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Each_value_follows_T_38_D_2_3(string name, T38Attributes expected)
    {
        var answer = T38OfferAnswer.CreateAnswer(SdpCorpus.Read(name), Local, Own)!;

        Assert.Equal(new T38Leg("192.0.2.9", 4002, expected), T38OfferAnswer.ReadLeg(answer));
    }

    [Theory]
    [InlineData(T38ErrorCorrection.Fec, T38ErrorCorrection.Fec, T38ErrorCorrection.Fec)]
    [InlineData(T38ErrorCorrection.Fec, T38ErrorCorrection.Redundancy, T38ErrorCorrection.Redundancy)]
    [InlineData(T38ErrorCorrection.Fec, T38ErrorCorrection.None, T38ErrorCorrection.None)]
    [InlineData(T38ErrorCorrection.Redundancy, T38ErrorCorrection.Fec, T38ErrorCorrection.Redundancy)]
    [InlineData(T38ErrorCorrection.None, T38ErrorCorrection.Fec, T38ErrorCorrection.None)]
    [InlineData(null, T38ErrorCorrection.Fec, null)]
    [InlineData(T38ErrorCorrection.Fec, null, T38ErrorCorrection.Fec)]
    public void Error_correction_is_echoed_or_lowered(T38ErrorCorrection? offered, T38ErrorCorrection? own, T38ErrorCorrection? answered) =>
        Assert.Equal(answered, T38OfferAnswer.Negotiate(new() { ErrorCorrection = offered }, new() { ErrorCorrection = own }).ErrorCorrection);

    [Fact]
    public void A_rate_that_one_side_leaves_open_is_the_other_side_s()
    {
        Assert.Equal(9_600, T38OfferAnswer.Negotiate(new() { MaxBitRate = 9_600 }, new()).MaxBitRate);
        Assert.Equal(9_600, T38OfferAnswer.Negotiate(new(), new() { MaxBitRate = 9_600 }).MaxBitRate);
        Assert.Null(T38OfferAnswer.Negotiate(new(), new()).MaxBitRate);
    }

    [Fact]
    public void A_rejection_mirrors_each_line_with_port_0()
    {
        var offer = SdpCorpus.Read("trunk-audio-and-image");
        var answer = SdpOfferAnswer.CreateRejection(offer, Local);

        Assert.True(SdpOfferAnswer.IsAnswerTo(answer, offer));
        Assert.All(answer.Media, line => Assert.True(line.IsRejected));
        Assert.False(SdpOfferAnswer.IsAnswerTo(answer with { Media = [.. answer.Media.Reverse()] }, offer));
        Assert.False(SdpOfferAnswer.IsAnswerTo(answer with { Media = [] }, offer));
        Assert.Empty(SdpOfferAnswer.CreateRejection(offer with { Media = [] }, Local).Media);
    }

    private static SdpMedia Answer(string name) => T38OfferAnswer.CreateAnswer(SdpCorpus.Read(name), Local, Own)!.Media[0];
}
