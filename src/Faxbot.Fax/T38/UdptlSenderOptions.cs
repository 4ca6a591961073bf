namespace Faxbot.Fax.T38;

/// <summary>How a <see cref="UdptlSender"/> protects its packets and how long a datagram may be. Octets throughout.</summary>
public sealed record UdptlSenderOptions
{
    /// <summary>The largest product of <see cref="FecSpan"/> and <see cref="FecEntries"/>, and the largest redundancy.</summary>
    public const int MaxHistory = 64;

    /// <summary>The protection.</summary>
    public UdptlErrorCorrection ErrorCorrection { get; init; } = UdptlErrorCorrection.Redundancy;

    /// <summary>How many packets are repeated behind an indicator or V.21 data, 0 to 64.</summary>
    public int ControlRedundancy { get; init; } = 3;

    /// <summary>How many packets are repeated behind page data, 0 to 64.</summary>
    public int ImageRedundancy { get; init; } = 3;

    /// <summary>How many packets each parity message covers (<c>fec-npackets</c>).</summary>
    public int FecSpan { get; init; } = 3;

    /// <summary>How many interleaved parity messages a datagram has: the longest burst of losses that can be repaired.</summary>
    public int FecEntries { get; init; } = 3;

    /// <summary>The far end's <c>T38FaxMaxDatagram</c>, 16 to 65535.</summary>
    public int MaxDatagram { get; init; } = 400;

    /// <summary>How the far end means <see cref="MaxDatagram"/>.</summary>
    public UdptlDatagramLimit MaxDatagramMeans { get; init; }

    /// <summary>No datagram is longer than this, whatever the far end takes, so that it is not fragmented on its way. At most 16383.</summary>
    public int MaxPayload { get; init; } = 1400;

    /// <summary>The longest datagram that these options allow.</summary>
    internal int DatagramCeiling => MaxDatagramMeans == UdptlDatagramLimit.WholeDatagram ? Math.Min(MaxDatagram, MaxPayload) : MaxPayload;

    /// <summary>How many packets must be remembered.</summary>
    internal int History => ErrorCorrection switch
    {
        UdptlErrorCorrection.Redundancy => Math.Max(ControlRedundancy, ImageRedundancy),
        UdptlErrorCorrection.Fec => FecSpan * FecEntries,
        _ => 0,
    };

    internal void Validate()
    {
        InRange(ControlRedundancy, 0, MaxHistory, nameof(ControlRedundancy));
        InRange(ImageRedundancy, 0, MaxHistory, nameof(ImageRedundancy));
        InRange(FecSpan, 1, MaxHistory, nameof(FecSpan));
        InRange(FecEntries, 1, MaxHistory / FecSpan, nameof(FecEntries));
        InRange(MaxDatagram, 16, ushort.MaxValue, nameof(MaxDatagram));
        // From 16384 on a packet's length would have another form (X.691 10.9.3.8).
        InRange(MaxPayload, 16, 16383, nameof(MaxPayload));
    }

    private static void InRange(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
