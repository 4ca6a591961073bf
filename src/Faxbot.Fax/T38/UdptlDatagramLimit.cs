namespace Faxbot.Fax.T38;

/// <summary>The two readings of <c>T38FaxMaxDatagram</c> that are in use.</summary>
public enum UdptlDatagramLimit
{
    /// <summary>The whole UDPTL datagram with its error recovery, as T.38 annex D means it.</summary>
    WholeDatagram,
    /// <summary>The primary IFP packet alone; the datagram may be longer, up to <see cref="UdptlSenderOptions.MaxPayload"/>.</summary>
    PrimaryPacket,
}
