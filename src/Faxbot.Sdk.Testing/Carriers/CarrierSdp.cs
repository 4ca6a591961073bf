using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Sdp;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>The carrier's side of offers and answers on one call.</summary>
internal sealed class CarrierSdp(CarrierT38 habits, int audioPort, int t38Port)
{
    private static readonly SdpCodec[] Codecs = [SdpCodec.Pcmu, SdpCodec.Pcma];
    private static readonly string Address = IPAddress.Loopback.ToString();

    private SdpOrigin _origin = SdpOrigin.Create(1, 1, Address);
    private SdpDescription? _given;

    /// <summary>What both sides come to when the caller's terms meet the carrier's.</summary>
    public T38Attributes Own { get; } = new()
    {
        Version = habits.Version,
        MaxBitRate = habits.MaxBitRate,
        RateManagement = T38RateManagement.TransferredTcf,
        MaxDatagram = habits.MaxDatagram,
        ErrorCorrection = (T38ErrorCorrection)(int)habits.ErrorCorrection,
    };

    /// <summary>Reads a description; null when there is none.</summary>
    public static SdpDescription? Read(ReadOnlyMemory<byte> body) =>
        SdpDescription.TryParse(body.Span, SdpLimits.Default, out var description) == SdpParseError.None ? description : null;

    /// <summary>Reads a description; null when there is none.</summary>
    public static SdpDescription? Read(SipBody? body) => body is { IsSdp: true } ? Read(body.Bytes) : null;

    /// <summary>The answer that takes audio; null when none is offered.</summary>
    public SipBody? AnswerAudio(SdpDescription offer) => AudioOfferAnswer.CreateAnswer(offer, Party(audioPort), Codecs) is { } answer ? Give(answer) : null;

    /// <summary>The answer that takes T.38; null when none is offered.</summary>
    public SipBody? AnswerT38(SdpDescription offer) => T38OfferAnswer.CreateAnswer(offer, Party(t38Port), Own) is { } answer ? Give(answer) : null;

    /// <summary>The carrier's own wish for T.38.</summary>
    public SipBody OfferT38() => Give(T38OfferAnswer.CreateOffer(Party(t38Port), Own, _given));

    /// <summary>The answer to an offer of T.38 that has audio in it and no UDPTL.</summary>
    public SipBody AnswerWithoutUdptl() => Give(AudioOfferAnswer.CreateOffer(Party(audioPort), Codecs));

    private SdpParty Party(int port) => new(_origin, Address, port);

    private SipBody Give(SdpDescription description)
    {
        _given = description;
        _origin = _origin.WithNextVersion();
        return SipBody.FromSdp(description.ToString());
    }
}
