namespace Faxbot.Sdk.Trunks;

/// <summary>A codec of the audio leg.</summary>
public enum TrunkCodec
{
    /// <summary>G.711 with mu-law.</summary>
    Pcmu,
    /// <summary>G.711 with A-law.</summary>
    Pcma,
}

/// <summary>The audio leg before T.38.</summary>
public sealed record TrunkAudio
{
    /// <summary>The codecs in the order of their offer, at least one.</summary>
    public IReadOnlyList<TrunkCodec> Codecs { get; init; } = [TrunkCodec.Pcmu, TrunkCodec.Pcma];

    /// <summary>Whether media is taken from wherever its first packet comes, for far ends behind NAT, and not only from the address in SDP.</summary>
    public bool Symmetric { get; init; }

    /// <summary>Networks that media may come from, such as <c>192.0.2.0/24</c>; empty takes it from anywhere.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Whether the fax goes over G.711 when T.38 is refused, on lines that can do that.</summary>
    public bool Fallback { get; init; }

    /// <summary>The highest rate over G.711, bits per second.</summary>
    public int MaxBitRate { get; init; } = 14_400;
}
