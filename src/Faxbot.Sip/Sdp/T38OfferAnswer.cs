namespace Faxbot.Sip.Sdp;

/// <summary>Offers and answers for T.38 over UDPTL (T.38 D.2, RFC 3264). Pure functions.</summary>
public static class T38OfferAnswer
{
    /// <summary>An offer of T.38.</summary>
    /// <param name="local">Our side.</param>
    /// <param name="own">Our capabilities.</param>
    /// <param name="previous">Our last description in this dialog, where there is one: the T.38 line takes the place of its live
    /// line.</param>
    public static SdpDescription CreateOffer(SdpParty local, T38Attributes own, SdpDescription? previous = null) =>
        SdpOfferAnswer.CreateOffer(local, Describe("udptl", "t38", local.Port, own), previous);

    /// <summary>
    /// An answer that takes the first live T.38 line and refuses the others, audio included: one call carries one medium at a time.
    /// Null where there is no such line: answer 488.
    /// </summary>
    public static SdpDescription? CreateAnswer(SdpDescription offer, SdpParty local, T38Attributes own)
    {
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var line = offer.Media[i];
            if (line is { IsT38: true, IsRejected: false })
            {
                var format = line.Formats.First(name => name.Equals("t38", StringComparison.OrdinalIgnoreCase));
                var answer = Describe(line.Protocol, format, local.Port, Negotiate(T38Attributes.Read(offer, line), own));
                return SdpOfferAnswer.CreateAnswer(offer, local, i, answer);
            }
        }

        return null;
    }

    /// <summary>Whether an offer can be answered with <see cref="CreateAnswer"/>.</summary>
    public static bool IsOfferedBy(SdpDescription offer) => offer.Media.Any(line => line is { IsT38: true, IsRejected: false });

    /// <summary>
    /// What an answer to <paramref name="offered"/> says (T.38 D.2.3): version and bit rate are the lower ones, the rate management is the
    /// offer's, error
    /// correction is the offer's or a weaker one, flags stand only where both sides have them, sizes are our own.
    /// </summary>
    public static T38Attributes Negotiate(T38Attributes offered, T38Attributes own) => own with
    {
        Version = Math.Min(offered.Version, own.Version),
        MaxBitRate = Lower(offered.MaxBitRate, own.MaxBitRate),
        FillBitRemoval = offered.FillBitRemoval && own.FillBitRemoval,
        TranscodingMmr = offered.TranscodingMmr && own.TranscodingMmr,
        TranscodingJbig = offered.TranscodingJbig && own.TranscodingJbig,
        RateManagement = offered.RateManagement ?? T38RateManagement.TransferredTcf,
        MaxIfp = offered.MaxIfp is null ? null : own.MaxIfp,
        ErrorCorrection = Weaker(offered.ErrorCorrection, own.ErrorCorrection),
        VendorInfo = offered.VendorInfo is null ? null : own.VendorInfo,
    };

    /// <summary>Where the peer's offer or answer has us send T.38, or null where it has no live T.38 line with an address.</summary>
    public static T38Leg? ReadLeg(SdpDescription remote)
    {
        foreach (var line in remote.Media)
        {
            if (line is { IsT38: true, IsRejected: false } && remote.ConnectionOf(line) is { } connection)
            {
                return new T38Leg(connection.Address, line.Port, T38Attributes.Read(remote, line));
            }
        }

        return null;
    }

    private static int? Lower(int? a, int? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;

    private static T38ErrorCorrection? Weaker(T38ErrorCorrection? offered, T38ErrorCorrection? own) =>
        offered is { } x && own is { } y ? (T38ErrorCorrection)Math.Min((int)x, (int)y) : offered;

    private static SdpMedia Describe(string protocol, string format, int port, T38Attributes attributes) =>
        new("image", port, protocol, [format]) { Attributes = attributes.ToAttributes() };
}
