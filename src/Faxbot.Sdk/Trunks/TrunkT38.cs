namespace Faxbot.Sdk.Trunks;

/// <summary>Who asks for the switch from audio to T.38.</summary>
public enum T38Switch
{
    /// <summary>The far end is waited for; after <see cref="TrunkT38.SwitchAfter"/> we ask.</summary>
    Either,
    /// <summary>We ask as soon as the call is up.</summary>
    Us,
    /// <summary>Only the far end asks.</summary>
    FarEnd,
}

/// <summary>How UDPTL protects its packets.</summary>
public enum T38ErrorCorrection
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>By repeating earlier packets.</summary>
    Redundancy,
    /// <summary>By parity.</summary>
    Fec,
}

/// <summary>What a trunk needs of T.38.</summary>
public sealed record TrunkT38
{
    /// <summary>Whether the first INVITE offers T.38 beside audio.</summary>
    public bool InFirstOffer { get; init; }

    /// <summary>Who asks for the switch.</summary>
    public T38Switch Switch { get; init; }

    /// <summary>How long the far end is waited for before we ask.</summary>
    public TimeSpan SwitchAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the switch may take in all before the call is given up.</summary>
    public TimeSpan SwitchTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The T.38 version that is offered, 0 to 3.</summary>
    public int Version { get; init; }

    /// <summary>Bits per second, 2400 to 14400.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    /// <summary>Rate management by local TCF (method 1) and not transferred TCF (method 2).</summary>
    public bool LocalTcf { get; init; }

    /// <summary>Protection of what we send; what the far end asked for in SDP goes first.</summary>
    public T38ErrorCorrection ErrorCorrection { get; init; } = T38ErrorCorrection.Redundancy;

    /// <summary>How many packets are repeated behind control data, 0 to 8.</summary>
    public int ControlRedundancy { get; init; } = 3;

    /// <summary>How many packets are repeated behind page data, 0 to 8.</summary>
    public int ImageRedundancy { get; init; } = 3;

    /// <summary>The largest datagram that we announce to take, octets.</summary>
    public int MaxDatagram { get; init; } = 400;

    /// <summary>The largest datagram that we send, whatever the far end announces; null believes it.</summary>
    public int? MaxDatagramOverride { get; init; }

    /// <summary>Whether fill bits may be left out.</summary>
    public bool FillBitRemoval { get; init; }

    /// <summary>Whether error correction mode may be used.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>Whether packets are sent at the pace of a modem; unpaced only to peers known to accept it.</summary>
    public bool Paced { get; init; } = true;
}
