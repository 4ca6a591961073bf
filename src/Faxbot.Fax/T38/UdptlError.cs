namespace Faxbot.Fax.T38;

/// <summary>Why octets are not a UDPTL datagram.</summary>
public enum UdptlError
{
    /// <summary>They are one.</summary>
    None,
    /// <summary>The datagram ends inside an element.</summary>
    Truncated,
    /// <summary>Longer than any datagram.</summary>
    TooLong,
    /// <summary>More than <see cref="UdptlPacket.MaxEntries"/> secondary packets or parity messages.</summary>
    TooManyEntries,
    /// <summary><c>fec-npackets</c> is negative or larger than any history.</summary>
    BadFecSpan,
    /// <summary>A length in the fragmented form of X.691 10.9.3.8, which no datagram needs.</summary>
    FragmentedLength,
}
