using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Sdp;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>
/// The media of one call: a socket for audio, one for T.38, and the description of them that was given last, so that each offer and
/// answer follows from the one before (RFC 3264 8). Single-threaded: the call's script owns it.
/// </summary>
internal sealed class CallMedia : IDisposable
{
    private readonly string _address;
    private readonly TrunkT38 _t38;
    private readonly SdpCodec[] _codecs;
    private SdpOrigin _origin;
    private SdpDescription? _given;
    private bool _onT38;

    private CallMedia(IPAddress advertised, TrunkT38 t38, TrunkAudio audio, MediaSocket audioSocket, MediaSocket t38Socket)
    {
        _address = advertised.ToString();
        _t38 = t38;
        _codecs = [.. audio.Codecs.Select(codec => codec == TrunkCodec.Pcma ? SdpCodec.Pcma : SdpCodec.Pcmu)];
        (Audio, T38) = (audioSocket, t38Socket);
        Span<byte> id = stackalloc byte[8];
        RandomNumberGenerator.Fill(id);
        // RFC 8866 5.2: numbers below 2^63, so that readers with signed ones take them.
        _origin = SdpOrigin.Create(BinaryPrimitives.ReadUInt64BigEndian(id) >> 2, 1, _address);
    }

    /// <summary>Opens the two sockets of a call; null when no ports are free for them.</summary>
    public static CallMedia? TryOpen(SipPort port, IPAddress advertised, TrunkT38 t38, TrunkAudio audio)
    {
        if (port.MediaPorts.TryOpen(port.Routes.Bound, t38.EvenPorts) is not { } first) return null;
        if (port.MediaPorts.TryOpen(port.Routes.Bound, t38.EvenPorts) is { } second) return new CallMedia(advertised, t38, audio, Socket(first), Socket(second));
        first.Dispose();
        return null;

        MediaSocket Socket(Socket socket) => new(socket, audio.Symmetric, audio.Networks, port.Tap);
    }

    /// <summary>The socket of the audio leg.</summary>
    public MediaSocket Audio { get; }

    /// <summary>The socket of the T.38 leg.</summary>
    public MediaSocket T38 { get; }

    /// <summary>Whether T.38 stands, and not audio.</summary>
    public bool IsOnT38 => _onT38;

    /// <summary>The first offer: audio, and T.38 beside it where the trunk wants that.</summary>
    public SipBody FirstOffer()
    {
        var offer = AudioOfferAnswer.CreateOffer(Party(Audio), _codecs);
        if (_t38.InFirstOffer) offer = offer with { Media = [.. offer.Media, .. T38OfferAnswer.CreateOffer(Party(T38), Own).Media] };
        return Give(offer);
    }

    /// <summary>An offer to go over to T.38.</summary>
    public SipBody OfferT38() => Give(T38OfferAnswer.CreateOffer(Party(T38), Own, _given));

    /// <summary>The answer that takes T.38; null when the offer has none.</summary>
    public SipBody? AnswerT38(SdpDescription offer) => T38OfferAnswer.CreateAnswer(offer, Party(T38), Own) is { } answer ? Give(answer) : null;

    /// <summary>The answer that takes audio; null when the offer has none that we speak.</summary>
    public SipBody? AnswerAudio(SdpDescription offer)
    {
        if (AudioOfferAnswer.CreateAnswer(offer, Party(Audio), _codecs) is not { } answer) return null;
        _onT38 = false;
        AgreeOnAudio(offer);
        return Give(answer);
    }

    /// <summary>An offer of audio, for a call that came in without one.</summary>
    public SipBody OfferAudio() => Give(AudioOfferAnswer.CreateOffer(Party(Audio), _codecs, _given));

    /// <summary>What stands, offered again: what a re-INVITE without an offer asks for (RFC 3261 14.2).</summary>
    public SipBody OfferAgain() => _onT38 ? OfferT38() : OfferAudio();

    /// <summary>Goes on with what <paramref name="answer"/> to <see cref="OfferAgain"/> says.</summary>
    public void Follow(SdpDescription? answer)
    {
        if (AgreeOnT38(answer, byUs: true) is null) AgreeOnAudio(answer);
    }

    /// <summary>Reads a description of the far end; null when there is none that can be read.</summary>
    public static SdpDescription? Read(SipBody? body) =>
        body is { IsSdp: true } && SdpDescription.TryParse(body.Bytes.Span, SdpLimits.Default, out var description) == SdpParseError.None
            ? description
            : null;

    /// <summary>What both sides agreed on when <paramref name="remote"/> has a live T.38 line; audio goes nowhere from then on.</summary>
    public T38Agreement? AgreeOnT38(SdpDescription? remote, bool byUs)
    {
        if (remote is null || T38OfferAnswer.ReadLeg(remote) is not { } leg || !IPAddress.TryParse(leg.Address, out var address)) return null;
        T38.SendTo(new IPEndPoint(address, leg.Port));
        _onT38 = true;
        // An answer has what was agreed already; the terms of an offer are met with ours.
        return new T38Agreement(byUs ? leg.Attributes : T38OfferAnswer.Negotiate(leg.Attributes, Own), leg.Attributes, byUs, _t38);
    }

    /// <summary>Begins the audio leg that <paramref name="remote"/> has; null when it has none.</summary>
    public AudioLeg? AgreeOnAudio(SdpDescription? remote)
    {
        if (remote is null || AudioOfferAnswer.ReadLeg(remote) is not { } leg || !IPAddress.TryParse(leg.Address, out var address)) return null;
        Audio.SendTo(new IPEndPoint(address, leg.Port));
        return leg;
    }

    public void Dispose()
    {
        Audio.Dispose();
        T38.Dispose();
    }

    private T38Attributes Own => new()
    {
        Version = _t38.Version,
        MaxBitRate = _t38.MaxBitRate,
        FillBitRemoval = _t38.FillBitRemoval,
        TranscodingMmr = _t38.TranscodingMmr,
        TranscodingJbig = _t38.TranscodingJbig,
        RateManagement = _t38.LocalTcf ? T38RateManagement.LocalTcf : T38RateManagement.TransferredTcf,
        MaxDatagram = _t38.MaxDatagram,
        ErrorCorrection = (Sip.Sdp.T38ErrorCorrection)(int)_t38.ErrorCorrection,
    };

    private SdpParty Party(MediaSocket socket) => new(_origin, _address, socket.LocalEndPoint.Port);

    private SipBody Give(SdpDescription description)
    {
        _given = description;
        _origin = _origin.WithNextVersion();
        return SipBody.FromSdp(description.ToString());
    }
}
