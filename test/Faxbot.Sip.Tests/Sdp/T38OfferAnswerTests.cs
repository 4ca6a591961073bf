using System.Text;
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
        ErrorCorrection = T38ErrorCorrection.Fec,
    };

    [Fact]
    public void Answers_an_audio_and_image_offer_line_by_line()
    {
        var offer = Read("""
            v=0
            o=- 1 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 10000 RTP/AVP 0 8
            m=image 10002 UDPTL T38
            a=T38FaxVersion:0
            a=T38MaxBitRate:33600
            a=T38FaxFillBitRemoval:1
            a=T38FaxRateManagement:localTCF
            a=T38FaxUdpEC:t38UDPRedundancy
            """);

        var answer = T38OfferAnswer.CreateAnswer(offer, Local, Own)!;

        Assert.True(SdpOfferAnswer.IsAnswerTo(answer, offer));
        Assert.True(answer.Media[0].IsRejected);
        Assert.Equal("image 4002 UDPTL T38", answer.ToString().Split("\r\n").Single(line => line.StartsWith("m=image", StringComparison.Ordinal))[2..]);
        Assert.Equal(
            new T38Attributes
            {
                Version = 0,
                MaxBitRate = 14_400,
                FillBitRemoval = true,
                RateManagement = T38RateManagement.LocalTcf,
                MaxBuffer = 2_000,
                MaxDatagram = 1_400,
                ErrorCorrection = T38ErrorCorrection.Redundancy,
            },
            T38OfferAnswer.ReadLeg(answer)!.Attributes);
    }

    private static SdpDescription Read(string text)
    {
        Assert.Equal(SdpParseError.None, SdpDescription.TryParse(Encoding.UTF8.GetBytes(text), SdpLimits.Default, out var description));
        return description!;
    }
}
