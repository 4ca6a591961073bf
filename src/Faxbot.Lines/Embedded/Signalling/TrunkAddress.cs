using System.Net;
using System.Net.Sockets;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Where packets to a trunk go.</summary>
internal static class TrunkAddress
{
    /// <summary>Looks the trunk's proxy or host up; null when its name has no address.</summary>
    public static async Task<SipHop?> ResolveAsync(TrunkProfile trunk, TrunkServer server, AddressFamily family, CancellationToken cancel)
    {
        var transport = server.Transport switch { TrunkTransport.Tls => SipTransport.Tls, TrunkTransport.Tcp => SipTransport.Tcp, _ => SipTransport.Udp };
        var port = server.Port ?? (transport == SipTransport.Tls ? 5061 : SipUri.DefaultPort);
        if (IPAddress.TryParse(server.Host, out var literal)) return Hop(literal);
        try
        {
            var found = await Dns.GetHostAddressesAsync(server.Host, family, cancel);
            return found.Length == 0 ? null : Hop(found[0]);
        }
        catch (SocketException)
        {
            return null;
        }

        SipHop Hop(IPAddress address) => new(new IPEndPoint(address, port), transport) { ServerName = server.Host, AlternativeName = trunk.Domain };
    }
}
