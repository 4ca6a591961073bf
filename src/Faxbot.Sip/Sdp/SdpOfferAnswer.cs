namespace Faxbot.Sip.Sdp;

/// <summary>The rules of RFC 3264 that do not depend on the medium. Pure functions.</summary>
public static class SdpOfferAnswer
{
    /// <summary>An answer that refuses each media line (RFC 3264 6); a 488 is the usual way to refuse all.</summary>
    public static SdpDescription CreateRejection(SdpDescription offer, SdpParty local) =>
        CreateAnswer(offer, local, -1, offer.Media.Count > 0 ? offer.Media[0] : new SdpMedia("audio", 0, "RTP/AVP", ["0"]));

    /// <summary>Whether an answer has the offer's media lines: as many, of the same kinds, in the same order (RFC 3264 6).</summary>
    public static bool IsAnswerTo(SdpDescription answer, SdpDescription offer) =>
        answer.Media.Count == offer.Media.Count
        && answer.Media.Zip(offer.Media).All(pair => pair.First.Kind.Equals(pair.Second.Kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A description with one live line, and the lines that the session had besides ended, since none may vanish (RFC 3264 8).
    /// </summary>
    internal static SdpDescription CreateOffer(SdpParty local, SdpMedia media, SdpDescription? previous)
    {
        // RFC 3264 8.3.3: fax takes the slot that the voice had, so a peer with one stream keeps one.
        var slot = 0;
        for (var i = 0; previous is not null && i < previous.Media.Count; i++)
        {
            if (!previous.Media[i].IsRejected)
            {
                slot = i;
                break;
            }
        }

        var lines = previous is null ? [media] : previous.Media.Select((line, i) => i == slot ? media : line.Rejected()).ToList();
        return Describe(local, lines.Count == 0 ? [media] : lines);
    }

    /// <summary>A description that accepts one line of the offer and refuses the others.</summary>
    internal static SdpDescription CreateAnswer(SdpDescription offer, SdpParty local, int accepted, SdpMedia media) =>
        Describe(local, [.. offer.Media.Select((line, i) => i == accepted ? media : line.Rejected())]);

    private static SdpDescription Describe(SdpParty local, IReadOnlyList<SdpMedia> media) =>
        new(local.Origin, media) { SessionName = "Faxbot", Connection = SdpConnection.To(local.Address) };
}
