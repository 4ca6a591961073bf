namespace Faxbot.Sip.Sdp;

/// <summary>How the training check travels (T.38 8.1): each gateway on its own side, or through the packets.</summary>
public enum T38RateManagement
{
    /// <summary>Method 2, the one for UDPTL.</summary>
    TransferredTcf,
    /// <summary>Method 1.</summary>
    LocalTcf,
}

/// <summary>UDPTL error correction, weakest first.</summary>
public enum T38ErrorCorrection
{
    None,
    Redundancy,
    Fec,
}

/// <summary>
/// What the attributes of a T.38 media line say (T.38 D.2.3). Nullable ones may be absent. Immutable. Only text crosses here: what the
/// terminal
/// makes of it is the line's concern.
/// </summary>
public sealed record T38Attributes
{
    /// <summary>T38FaxVersion; 0 where absent (D.2.3.1).</summary>
    public int Version { get; init; }

    /// <summary>T38MaxBitRate in bit/s, or null.</summary>
    public int? MaxBitRate { get; init; }

    /// <summary>T38FaxFillBitRemoval.</summary>
    public bool FillBitRemoval { get; init; }

    /// <summary>T38FaxTranscodingMMR.</summary>
    public bool TranscodingMmr { get; init; }

    /// <summary>T38FaxTranscodingJBIG.</summary>
    public bool TranscodingJbig { get; init; }

    /// <summary>T38FaxRateManagement, or null: then it is transferredTCF, the one that UDPTL needs.</summary>
    public T38RateManagement? RateManagement { get; init; }

    /// <summary>T38FaxMaxBuffer in octets, or null.</summary>
    public int? MaxBuffer { get; init; }

    /// <summary>T38FaxMaxDatagram: the largest packet, in octets, that the describing side takes; or null.</summary>
    public int? MaxDatagram { get; init; }

    /// <summary>T38FaxMaxIFP: the largest IFP packet within a datagram, in octets (T.38 2010 and later); or null.</summary>
    public int? MaxIfp { get; init; }

    /// <summary>T38FaxUdpEC, or null where nothing is said; redundancy harms no peer then.</summary>
    public T38ErrorCorrection? ErrorCorrection { get; init; }

    /// <summary>T38VendorInfo as written, or null.</summary>
    public string? VendorInfo { get; init; }

    /// <summary>
    /// Reads what the line says, and what the session says where the line is silent. What cannot be read counts as absent.
    /// </summary>
    public static T38Attributes Read(SdpDescription description, SdpMedia media) =>
        T38AttributeReader.Read(media.Attributes.Concat(description.Attributes));

    /// <summary>The attribute lines, in the order of T.38 D.2.3; flags are written only when set.</summary>
    public IReadOnlyList<SdpAttribute> ToAttributes() => T38AttributeReader.Write(this);
}
