using Faxbot.Sip.Sdp;

namespace Faxbot.Sip.Tests.Sdp;

public sealed class AudioOfferAnswerTests
{
    private static readonly SdpParty Local = new(SdpOrigin.Create(77, 1, "2001:db8::9"), "2001:db8::9", 4000);
    private static readonly SdpCodec[] Own = [SdpCodec.Pcma, SdpCodec.Pcmu, SdpCodec.TelephoneEvent];

    [Fact]
    public void An_offer_lists_the_codecs_in_our_order() =>
        Assert.Equal(
            """
            v=0
            o=- 77 1 IN IP6 2001:db8::9
            s=Faxbot
            c=IN IP6 2001:db8::9
            t=0 0
            m=audio 4000 RTP/AVP 8 0 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            a=ptime:20
            a=sendrecv

            """.ReplaceLineEndings("\r\n"),
            AudioOfferAnswer.CreateOffer(Local, Own).ToString());

    [Fact]
    public void An_answer_keeps_the_offer_s_order_and_payload_types_and_takes_no_image()
    {
        var offer = SdpCorpus.Read("trunk-audio-and-image");
        var answer = AudioOfferAnswer.CreateAnswer(offer, Local, Own)!;

        Assert.True(SdpOfferAnswer.IsAnswerTo(answer, offer));
        Assert.Equal(["0", "8", "101"], answer.Media[0].Formats);
        Assert.True(answer.Media[1].IsRejected);

        var moved = AudioOfferAnswer.CreateAnswer(
            SdpCorpus.Parse("v=0\no=- 1 1 IN IP4 h\nc=IN IP4 h\nm=audio 9 RTP/AVP 96 97\na=rtpmap:96 Telephone-Event/8000\na=rtpmap:97 pcmu/8000/1"), Local, Own)!;
        Assert.Equal(["96", "97"], moved.Media[0].Formats);
        Assert.Equal([(96, "telephone-event"), (97, "PCMU")], moved.Media[0].Codecs.Select(codec => (codec.PayloadType, codec.Name)));
    }

    [Theory]
    [InlineData("sendrecv", SdpDirection.SendReceive)]
    [InlineData("sendonly", SdpDirection.ReceiveOnly)]
    [InlineData("recvonly", SdpDirection.SendOnly)]
    [InlineData("inactive", SdpDirection.Inactive)]
    [InlineData("x", SdpDirection.SendReceive)]
    public void The_direction_is_mirrored(string offered, SdpDirection answered)
    {
        var offer = SdpCorpus.Parse($"v=0\no=- 1 1 IN IP4 h\nc=IN IP4 h\na={offered}\nm=audio 9 RTP/AVP 8");

        Assert.Equal(answered, AudioOfferAnswer.CreateAnswer(offer, Local, Own)!.Media[0].Direction);
    }

    [Theory]
    [InlineData("audio-secure")]
    [InlineData("gateway-ones")]
    public void Without_plain_G_711_there_is_no_answer(string name) => Assert.Null(AudioOfferAnswer.CreateAnswer(SdpCorpus.Read(name), Local, Own));

    [Fact]
    public void The_lab_s_calls_are_answered_in_kind()
    {
        var offer = SdpCorpus.Parse(System.Text.Encoding.UTF8.GetString(SdpCorpus.LabBodies()[0]));
        var leg = AudioOfferAnswer.ReadLeg(offer)!;

        Assert.Equal(("127.0.0.1", SdpDirection.SendReceive, TimeSpan.FromMilliseconds(20), false), (leg.Address, leg.Direction, leg.PacketTime, leg.IsHeld));
        Assert.Equal([SdpCodec.Pcma, SdpCodec.Pcmu, SdpCodec.TelephoneEvent], leg.Codecs);
        Assert.Equal(offer.Media[0].Attributes.Where(line => line.Name != "maxptime"), AudioOfferAnswer.CreateAnswer(offer, Local, Own)!.Media[0].Attributes);
    }

    [Fact]
    public void A_held_leg_says_so() => Assert.Equal((true, SdpDirection.Inactive), (Held().IsHeld, Held().Direction));

    [Fact]
    public void Back_to_audio_after_T38_the_line_keeps_its_slot()
    {
        var fax = SdpCorpus.Read("asterisk-two-images");
        var offer = AudioOfferAnswer.CreateOffer(Local, Own, fax);

        Assert.Equal(["audio 0", "image 0", "audio 4000"], offer.Media.Select(line => $"{line.Kind} {line.Port}"));
    }

    private static AudioLeg Held() => AudioOfferAnswer.ReadLeg(SdpCorpus.Read("audio-held"))!;
}
