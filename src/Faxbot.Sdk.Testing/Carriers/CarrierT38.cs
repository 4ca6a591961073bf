using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>Who may ask for the switch from audio to T.38.</summary>
public enum T38Asker
{
    /// <summary>The carrier asks after <see cref="CarrierT38.AsksAfter"/>, unless the caller has.</summary>
    Either,
    /// <summary>Only the carrier: it refuses a re-INVITE of the caller's.</summary>
    Carrier,
    /// <summary>Only the caller: the carrier waits for it.</summary>
    Caller,
}

/// <summary>A carrier's habits of T.38.</summary>
public sealed record CarrierT38
{
    /// <summary>Who asks.</summary>
    public T38Asker Asker { get; init; }

    /// <summary>How long after the answer the carrier asks.</summary>
    public TimeSpan AsksAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the first INVITE must (true) or must not (false) offer T.38; null takes both. Where it offers, T.38 is agreed to at once.</summary>
    public bool? InFirstOffer { get; init; }

    /// <summary>The T.38 version that the carrier speaks.</summary>
    public int Version { get; init; }

    /// <summary>The highest bit rate that it carries.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    /// <summary>The largest datagram that it says to take, octets.</summary>
    public int MaxDatagram { get; init; } = 400;

    /// <summary>The protection of packets that it speaks.</summary>
    public T38ErrorCorrection ErrorCorrection { get; init; } = T38ErrorCorrection.Redundancy;

    /// <summary>The version that the caller's offer of T.38 must name; null takes any.</summary>
    public int? OfferedVersion { get; init; }

    /// <summary>The largest datagram that the caller's offer of T.38 may announce; null takes any.</summary>
    public int? LargestOfferedDatagram { get; init; }

    /// <summary>The protection that the caller's offer of T.38 must name; null takes any.</summary>
    public T38ErrorCorrection? OfferedErrorCorrection { get; init; }

    /// <summary>How a re-INVITE to T.38 is refused in <see cref="CarrierScenario.RejectedReinvite"/>: 488, 606 or 415.</summary>
    public int RefusalStatus { get; init; } = 488;
}
