namespace Faxbot.Sip.Transports;

/// <summary>What carries SIP messages (RFC 3261 18, 26.2).</summary>
public enum SipTransport
{
    Udp,
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,
}
