using CsCheck;
using Faxbot.Sip.Sdp;
using Faxbot.Sip.Tests.Messages;

namespace Faxbot.Sip.Tests.Sdp;

public sealed class SdpPropertyTests
{
    private static readonly SdpParty Local = new(SdpOrigin.Create(77, 1, "192.0.2.9"), "192.0.2.9", 4002);

    private static readonly Gen<int?> Number = Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, int.MaxValue].Select(number => (int?)number));

    private static readonly Gen<T38Attributes> Attributes = Gen.Select(
        Gen.Int[0, 4], Gen.Select(Number, Number, Number, Number), Gen.Int[0, 7], Gen.Int[-1, 1], Gen.Int[-1, 2],
        (version, sizes, flags, management, correction) => new T38Attributes
        {
            Version = version,
            MaxBitRate = sizes.Item1,
            MaxBuffer = sizes.Item2,
            MaxDatagram = sizes.Item3,
            MaxIfp = sizes.Item4,
            FillBitRemoval = (flags & 1) != 0,
            TranscodingMmr = (flags & 2) != 0,
            TranscodingJbig = (flags & 4) != 0,
            RateManagement = management < 0 ? null : (T38RateManagement)management,
            ErrorCorrection = correction < 0 ? null : (T38ErrorCorrection)correction,
        });

    [Fact]
    public void T38_attributes_read_back_as_written() =>
        Attributes.Sample(attributes => T38OfferAnswer.ReadLeg(SdpCorpus.Parse(T38OfferAnswer.CreateOffer(Local, attributes).ToString()))!.Attributes == attributes);

    [Fact]
    public void An_answer_never_claims_more_than_the_offer() =>
        Gen.Select(Attributes, Attributes).Sample((offered, own) =>
        {
            var answer = T38OfferAnswer.Negotiate(offered, own);
            return answer.Version <= offered.Version && answer.Version <= own.Version
                && (offered.MaxBitRate is null || answer.MaxBitRate <= offered.MaxBitRate)
                && (offered.ErrorCorrection is null || answer.ErrorCorrection <= offered.ErrorCorrection)
                && (offered.FillBitRemoval || !answer.FillBitRemoval)
                && (offered.RateManagement is null || answer.RateManagement == offered.RateManagement)
                && T38OfferAnswer.Negotiate(answer, own) == answer;
        });

    [Fact]
    public void Mutated_descriptions_neither_throw_nor_change_when_written_again()
    {
        var samples = SdpCorpus.Names().Select(SdpCorpus.Octets).Concat(SdpCorpus.LabBodies()).ToArray();
        var random = new Random(8866);
        var valid = 0;
        for (var i = 0; i < 30_000; i++)
        {
            if (SdpDescription.TryParse(SipGen.Mutate(samples[i % samples.Length], random), SdpLimits.Default, out var description) != SdpParseError.None)
            {
                continue;
            }

            valid++;
            var again = SdpCorpus.Parse(description!.ToString());
            Assert.Equal(description.ToString(), again.ToString());
            foreach (var media in description.Media)
            {
                _ = (media.Codecs, media.PacketTime, media.Direction, description.ConnectionOf(media)?.IsUnspecified);
            }

            if (T38OfferAnswer.CreateAnswer(description, Local, new()) is { } fax)
            {
                Assert.True(SdpOfferAnswer.IsAnswerTo(fax, description));
            }

            if (AudioOfferAnswer.CreateAnswer(description, Local, [SdpCodec.Pcmu]) is { } audio)
            {
                Assert.True(SdpOfferAnswer.IsAnswerTo(audio, description));
                _ = AudioOfferAnswer.ReadLeg(audio);
            }
        }

        Assert.InRange(valid, 5_000, 29_000);
    }

    // Each of these took minutes if some step went over the rest of the input again for each of its parts.
    [Theory]
    [InlineData("a=x\r\n")]
    [InlineData("m=audio 1 RTP/AVP 0\r\n")]
    [InlineData("a=rtpmap:1 x/1\r\n")]
    [InlineData("\r\n")]
    public void Time_grows_with_length_only(string repeated)
    {
        var text = "v=0\r\no=- 1 1 IN IP4 h\r\nm=audio 1 RTP/AVP" + string.Concat(Enumerable.Repeat(" 1", 200_000)) + "\r\n"
            + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length));
        var limits = new SdpLimits { MaxLength = int.MaxValue, MaxLines = int.MaxValue, MaxMedia = int.MaxValue };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(SdpParseError.None, SdpDescription.TryParse(System.Text.Encoding.ASCII.GetBytes(text), limits, out var description));
        _ = (description!.Media[0].Codecs, T38OfferAnswer.ReadLeg(description), AudioOfferAnswer.ReadLeg(description));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }
}
