namespace Faxbot.Fax.T38;

/// <summary>One IFP packet in its turn. The octets are valid until the receiver accepts another datagram.</summary>
public readonly ref struct UdptlDelivery
{
    internal UdptlDelivery(ReadOnlySpan<byte> packet, ushort sequence, int lost, bool restarted, bool recovered)
    {
        Packet = packet;
        Sequence = sequence;
        Lost = lost;
        Restarted = restarted;
        Recovered = recovered;
    }

    /// <summary>The IFP packet; one restored from parity may be followed by zeros.</summary>
    public ReadOnlySpan<byte> Packet { get; }

    /// <summary>Its sequence number.</summary>
    public ushort Sequence { get; }

    /// <summary>How many packets before this one are lost for good.</summary>
    public int Lost { get; }

    /// <summary>Whether the far end began a new count here, so that nobody knows what is lost.</summary>
    public bool Restarted { get; }

    /// <summary>Whether this came by redundancy or parity, and not as a primary packet.</summary>
    public bool Recovered { get; }
}
