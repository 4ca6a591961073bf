using System.Text;
using Faxbot.Sip.Sdp;
using Faxbot.Testing;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// Session descriptions. What was taken must come out the same when it is written and read again, and each answer must have the
/// lines of the offer.
/// </summary>
internal sealed class SdpTarget : IFuzzTarget
{
    private readonly SdpParty _local = new(SdpOrigin.Create(1, 1, "192.0.2.9"), "192.0.2.9", 4000);
    private readonly T38Attributes _own = new() { Version = 3, MaxBitRate = 14_400, ErrorCorrection = T38ErrorCorrection.Fec };

    public string Name => "sdp";

    public IEnumerable<byte[]> Seeds => Corpus.Read("sdp").Select(sample => sample.Bytes);

    public IEnumerable<byte[]> Tokens => new[]
    {
        "\r\n", "\n", "v=0", "o=- 1 1 IN IP4 h\r\n", "c=IN IP4 0.0.0.0\r\n", "m=image 1 udptl t38\r\n", "m=audio 0 RTP/AVP 0\r\n", "a=", "a=T38FaxVersion:", "a=T38FaxUdpEC:",
        "a=T38FaxMaxDatagram:", "a=rtpmap:0 PCMU/8000\r\n", "a=fmtp:0 ", "a=ptime:", "a=sendonly\r\n", "4294967296", "-1", "/", ":",
    }.Select(Encoding.UTF8.GetBytes);

    public void Run(ReadOnlySpan<byte> input)
    {
        if (SdpDescription.TryParse(input, SdpLimits.Default, out var description) != SdpParseError.None) return;
        var written = description!.ToString();
        var error = SdpDescription.TryParse(Encoding.UTF8.GetBytes(written), SdpLimits.Default, out var again);

        // A missing time line is written.
        if (error == SdpParseError.TooManyLines) return;
        if (error != SdpParseError.None || again!.ToString() != written) throw new InvalidOperationException($"Written again it is {error}:\n{written}");
        Check(description, T38OfferAnswer.CreateAnswer(description, _local, _own));
        Check(description, AudioOfferAnswer.CreateAnswer(description, _local, [SdpCodec.Pcmu, SdpCodec.Pcma]));
        Check(description, SdpOfferAnswer.CreateRejection(description, _local));
        _ = (T38OfferAnswer.ReadLeg(description), AudioOfferAnswer.ReadLeg(description));
    }

    private static void Check(SdpDescription offer, SdpDescription? answer)
    {
        if (answer is not null && !SdpOfferAnswer.IsAnswerTo(answer, offer)) throw new InvalidOperationException($"No answer:\n{answer}\nto\n{offer}");
    }
}
