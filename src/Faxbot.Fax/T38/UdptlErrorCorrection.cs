namespace Faxbot.Fax.T38;

/// <summary>What a sender adds to its datagrams against loss (<c>T38FaxUdpEC</c>).</summary>
public enum UdptlErrorCorrection
{
    /// <summary>Nothing. Every receiver takes it.</summary>
    None,
    /// <summary><c>t38UDPRedundancy</c>: the packets before this one, once more.</summary>
    Redundancy,
    /// <summary><c>t38UDPFEC</c>: parity over the packets before this one.</summary>
    Fec,
}
