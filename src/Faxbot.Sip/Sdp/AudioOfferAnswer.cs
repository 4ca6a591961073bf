using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>Offers and answers for G.711 audio (RFC 3264 5, 6). Pure functions.</summary>
public static class AudioOfferAnswer
{
    /// <summary>The packet time that we send and ask for.</summary>
    public static TimeSpan PacketTime { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>An offer of audio.</summary>
    /// <param name="local">Our side.</param>
    /// <param name="codecs">In our order of preference, as <see cref="SdpCodec.Pcmu"/>.</param>
    /// <param name="previous">Our last description in this dialog, where there is one: its line is taken over.</param>
    public static SdpDescription CreateOffer(SdpParty local, IReadOnlyList<SdpCodec> codecs, SdpDescription? previous = null) =>
        SdpOfferAnswer.CreateOffer(local, Describe("RTP/AVP", local.Port, codecs, SdpDirection.SendReceive), previous);

    /// <summary>
    /// An answer that takes the first audio line with a codec of ours, in the offer's order of preference and with its payload types, and
    /// refuses
    /// the other lines. Null where no line fits: answer 488.
    /// </summary>
    public static SdpDescription? CreateAnswer(SdpDescription offer, SdpParty local, IReadOnlyList<SdpCodec> codecs)
    {
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var line = offer.Media[i];
            if (!line.IsAudio || line.IsRejected)
            {
                continue;
            }

            var common = Common(line, codecs);
            if (common.Any(CarriesVoice))
            {
                var direction = SdpDirections.Mirror(offer.DirectionOf(line));
                return SdpOfferAnswer.CreateAnswer(offer, local, i, Describe(line.Protocol, local.Port, common, direction));
            }
        }

        return null;
    }

    /// <summary>What the peer's offer or answer lets us send, or null where it has no live audio line with an address.</summary>
    public static AudioLeg? ReadLeg(SdpDescription remote)
    {
        foreach (var line in remote.Media)
        {
            if (line is { IsAudio: true, IsRejected: false } && remote.ConnectionOf(line) is { } connection)
            {
                return new AudioLeg(connection.Address, line.Port, line.Codecs, remote.DirectionOf(line))
                {
                    PacketTime = line.PacketTime ?? PacketTime,
                    IsHeld = connection.IsUnspecified,
                };
            }
        }

        return null;
    }

    private static bool CarriesVoice(SdpCodec codec) =>
        !codec.IsSameFormatAs(SdpCodec.TelephoneEvent) && !codec.Name.Equals("CN", StringComparison.OrdinalIgnoreCase);

    private static List<SdpCodec> Common(SdpMedia line, IReadOnlyList<SdpCodec> codecs)
    {
        var common = new List<SdpCodec>();
        foreach (var offered in line.Codecs)
        {
            if (codecs.FirstOrDefault(own => own.IsSameFormatAs(offered)) is { } own && !common.Any(codec => codec.IsSameFormatAs(offered)))
            {
                common.Add(own with { PayloadType = offered.PayloadType });
            }
        }

        return common;
    }

    private static SdpMedia Describe(string protocol, int port, IReadOnlyList<SdpCodec> codecs, SdpDirection direction)
    {
        var attributes = new List<SdpAttribute>();
        foreach (var codec in codecs)
        {
            attributes.Add(codec.RtpMap);
            if (codec.Fmtp is { } parameters)
            {
                attributes.Add(parameters);
            }
        }

        attributes.Add(new SdpAttribute("ptime", ((int)PacketTime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
        attributes.Add(SdpDirections.ToAttribute(direction));
        return new SdpMedia("audio", port, protocol, [.. codecs.Select(codec => codec.PayloadType.ToString(CultureInfo.InvariantCulture))])
        {
            Attributes = attributes,
        };
    }
}
