namespace Faxbot.Fax.T38;

/// <summary>Why octets are not an IFP packet.</summary>
public enum IfpError
{
    /// <summary>They are one.</summary>
    None,
    /// <summary>The packet ends inside an element.</summary>
    Truncated,
    /// <summary>Longer than any datagram.</summary>
    TooLong,
    /// <summary>More than <see cref="IfpPacket.MaxFields"/> data fields.</summary>
    TooManyFields,
    /// <summary>A length in the fragmented form of X.691 10.9.3.8, which no datagram needs.</summary>
    FragmentedLength,
}
