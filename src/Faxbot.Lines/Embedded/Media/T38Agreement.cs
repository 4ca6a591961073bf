using Faxbot.Fax.T38;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Sdp;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>What both sides of a call agreed on for T.38. Here alone SDP's words become those of the terminal.</summary>
/// <param name="Terms">What holds for the call.</param>
/// <param name="FarEnd">What the far end said of itself.</param>
/// <param name="ByUs">Whether we asked for it.</param>
/// <param name="Trunk">Our own settings.</param>
internal sealed record T38Agreement(T38Attributes Terms, T38Attributes FarEnd, bool ByUs, TrunkT38 Trunk)
{
    // T.38 D.2.3.5 leaves an absent size open; every implementation in the field takes this one.
    private const int UnstatedMaxDatagram = 400;

    /// <summary>The version whose syntax is spoken.</summary>
    public int Version => Math.Clamp(Math.Min(Terms.Version, Trunk.Version), 0, 3);

    /// <summary>The highest rate that both sides allow.</summary>
    public int MaxBitRate => Math.Max(2400, Math.Min(Terms.MaxBitRate ?? Trunk.MaxBitRate, Trunk.MaxBitRate));

    /// <summary>Whether fill bits are left out.</summary>
    public bool OmitsFill => Terms.FillBitRemoval && Trunk.FillBitRemoval;

    /// <summary>Whether each side checks training by itself.</summary>
    public bool LocalTcf => Terms.RateManagement == T38RateManagement.LocalTcf;

    /// <summary>How we protect our packets: as the far end asked to receive them.</summary>
    public UdptlErrorCorrection ErrorCorrection => FarEnd.ErrorCorrection switch
    {
        Sip.Sdp.T38ErrorCorrection.None => UdptlErrorCorrection.None,
        Sip.Sdp.T38ErrorCorrection.Fec when Trunk.ErrorCorrection == Sdk.Trunks.T38ErrorCorrection.Fec => UdptlErrorCorrection.Fec,
        _ => Trunk.ErrorCorrection == Sdk.Trunks.T38ErrorCorrection.None ? UdptlErrorCorrection.None : UdptlErrorCorrection.Redundancy,
    };

    /// <summary>The terminal's options.</summary>
    public T38TerminalOptions TerminalOptions() => new()
    {
        Version = Version,
        LocalTrainingCheck = LocalTcf,
        Paced = Trunk.Paced,
        Sender = new UdptlSenderOptions
        {
            ErrorCorrection = ErrorCorrection,
            ControlRedundancy = Trunk.ControlRedundancy,
            ImageRedundancy = Trunk.ImageRedundancy,
            MaxDatagram = Math.Clamp(Trunk.MaxDatagramOverride ?? FarEnd.MaxDatagram ?? UnstatedMaxDatagram, 16, ushort.MaxValue),
            MaxDatagramMeans = Trunk.MaxDatagramReading == T38DatagramReading.Ifp ? UdptlDatagramLimit.PrimaryPacket : UdptlDatagramLimit.WholeDatagram,
        },
    };
}
