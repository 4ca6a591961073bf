using System.Text.Json.Serialization;

namespace Faxbot.Testing.Spandsp;

/// <summary>Datagrams and IFP packets as the peer counted them.</summary>
public sealed record SpandspPacketCounts
{
    public int Sent { get; init; }

    public long SentBytes { get; init; }

    /// <summary>Outgoing ones that its loss option swallowed.</summary>
    public int Dropped { get; init; }

    public int Received { get; init; }

    /// <summary>Incoming ones that its loss option swallowed.</summary>
    public int RxDropped { get; init; }

    public int IfpSent { get; init; }

    public int IfpReceived { get; init; }

    /// <summary>IFP packets that redundancy or FEC brought back.</summary>
    public int Recovered { get; init; }

    /// <summary>IFP packets that stayed lost.</summary>
    public int Lost { get; init; }

    public int Duplicates { get; init; }

    /// <summary>Datagrams that it could not parse: ours must give none.</summary>
    public int Malformed { get; init; }

    /// <summary>Datagrams from elsewhere.</summary>
    [JsonPropertyName("foreign")]
    public int FromElsewhere { get; init; }
}
