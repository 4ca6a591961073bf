using System.Net;
using System.Net.Sockets;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Where packets to a trunk go.</summary>
internal static class TrunkAddress
{
    /// <summary>Looks the trunk's proxy or host up; null when its name has no address.</summary>
    public static async Task<IPEndPoint?> ResolveAsync(TrunkServer server, AddressFamily family, CancellationToken cancel)
    {
        var (host, port) = (server.Host, server.Port ?? SipUri.DefaultPort);
        if (IPAddress.TryParse(host, out var literal)) return new IPEndPoint(literal, port);
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, family, cancel);
            return found.Length == 0 ? null : new IPEndPoint(found[0], port);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
