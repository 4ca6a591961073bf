using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>The address in a URI.</summary>
internal static class HostAddress
{
    /// <summary>The hop that a URI names by address, or null where the host is a name or an address that nobody can be at.</summary>
    /// <param name="uri">The target.</param>
    /// <param name="seen">Where the peer was seen. A URI that names no transport is spoken to in the way that reached it last: RFC 3263 4.1
    /// would take UDP, which a peer behind TCP or TLS does not listen to.</param>
    public static SipHop? Of(SipUri uri, SipHop seen)
    {
        var transport = TransportOf(uri) ?? seen.Transport;
        var port = uri.Port ?? (transport == SipTransport.Tls ? 5061 : 5060);
        if (!uri.IsSip || port <= 0 || !IPAddress.TryParse(uri.Host, out var address)
            || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return null;
        }

        var endPoint = new IPEndPoint(address, port);
        return transport == seen.Transport && endPoint.Equals(seen.EndPoint) ? seen
            : seen with { EndPoint = endPoint, Transport = transport };
    }

    /// <summary>The transport that a URI demands, or null.</summary>
    public static SipTransport? TransportOf(SipUri uri) => (uri.Scheme, uri.Transport?.ToLowerInvariant()) switch
    {
        ("sips", _) or (_, "tls") => SipTransport.Tls,
        (_, "tcp") => SipTransport.Tcp,
        (_, "udp") => SipTransport.Udp,
        _ => null,
    };
}
