using System.Globalization;
using System.Net;

namespace Faxbot.Sip.Transports;

/// <summary>The next element that a message goes to, or the last that it came from. On a stream, messages of one hop share a connection. Immutable.</summary>
/// <param name="EndPoint">Address and port.</param>
/// <param name="Transport">How it is spoken to.</param>
public sealed record SipHop(IPEndPoint EndPoint, SipTransport Transport = SipTransport.Udp)
{
    /// <summary>The name that a TLS server must prove (SNI and certificate, RFC 5922 7); null takes the address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Another name that the TLS server may prove instead, such as the domain of a trunk beside the name of its host.</summary>
    public string? AlternativeName { get; init; }

    /// <summary>A request that is too large for UDP may go over TCP to the same address and port (RFC 3261 18.1.1).</summary>
    public bool TakesLargeOverTcp { get; init; }

    /// <summary>The octets up to which a request is not too large; null takes <see cref="Calls.SipUserAgentOptions.LargestUdpRequest"/>.</summary>
    public int? LargestRequest { get; init; }

    /// <summary>TCP or TLS: nothing gets lost without notice, so nothing is repeated.</summary>
    public bool IsReliable => Transport != SipTransport.Udp;

    /// <summary>The transport as Via writes it.</summary>
    internal string ViaName => Transport switch { SipTransport.Tls => "TLS", SipTransport.Tcp => "TCP", _ => "UDP" };

    /// <summary>Whether what goes to one goes to the other: on a stream, over the same connection.</summary>
    public bool IsSamePlaceAs(SipHop other) =>
        Transport == other.Transport && EndPoint.Equals(other.EndPoint) && (Transport != SipTransport.Tls || ServerName == other.ServerName);

    /// <summary>UDP to that address.</summary>
    public static implicit operator SipHop(IPEndPoint endPoint) => new(endPoint);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transport.ToString().ToLowerInvariant()}:{EndPoint}");
}
