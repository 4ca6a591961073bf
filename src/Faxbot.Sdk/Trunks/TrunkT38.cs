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

/// <summary>Whether a trunk carries T.38.</summary>
public enum T38Support
{
    /// <summary>Nobody knows: it is tried.</summary>
    Unknown,
    /// <summary>It does.</summary>
    Yes,
    /// <summary>It does not, and faxes go over G.711 alone, on lines that can do that.</summary>
    AudioOnly,
    /// <summary>It carries no faxes at all: none is dialled.</summary>
    No,
}

/// <summary>What the far end's largest datagram (T38FaxMaxDatagram) measures: readings differ in the field.</summary>
public enum T38DatagramReading
{
    /// <summary>The whole UDPTL packet.</summary>
    Udptl,
    /// <summary>The primary IFP packet in it; redundancy comes on top.</summary>
    Ifp,
}

/// <summary>What a trunk needs of T.38.</summary>
public sealed record TrunkT38
{
    /// <summary>Whether the trunk carries it.</summary>
    public T38Support Support { get; init; }

    /// <summary>The same for called numbers of their own, E.164 with plus sign.</summary>
    public IReadOnlyDictionary<string, T38Support> Numbers { get; init; } = new Dictionary<string, T38Support>();

    /// <summary>Whether the first INVITE offers T.38 beside audio.</summary>
    public bool InFirstOffer { get; init; }

    /// <summary>Who asks for the switch on calls that we place.</summary>
    public T38Switch Switch { get; init; }

    /// <summary>How long the far end is waited for before we ask.</summary>
    public TimeSpan SwitchAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Who asks for the switch on calls that come in.</summary>
    public T38Switch InboundSwitch { get; init; }

    /// <summary>How long the caller is waited for before we ask: long enough for a whole CED.</summary>
    public TimeSpan InboundSwitchAfter { get; init; } = TimeSpan.FromSeconds(3.2);

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

    /// <summary>What the far end's largest datagram measures.</summary>
    public T38DatagramReading MaxDatagramReading { get; init; }

    /// <summary>Whether media has even ports.</summary>
    public bool EvenPorts { get; init; }

    /// <summary>Whether fill bits may be left out.</summary>
    public bool FillBitRemoval { get; init; }

    /// <summary>Whether we say that page data may be recoded to MMR on the way (T38FaxTranscodingMMR).</summary>
    public bool TranscodingMmr { get; init; }

    /// <summary>Whether we say that page data may be recoded to JBIG on the way (T38FaxTranscodingJBIG).</summary>
    public bool TranscodingJbig { get; init; }

    /// <summary>Whether error correction mode may be used.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>Whether packets are sent at the pace of a modem; unpaced only to peers known to accept it.</summary>
    public bool Paced { get; init; } = true;

    /// <summary>Whether <paramref name="number"/> is reached over T.38.</summary>
    public T38Support SupportFor(string number) => Numbers.GetValueOrDefault(number, Support);
}
