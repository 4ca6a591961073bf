using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>
/// The address of this machine that a far end sees: the configured public one, the bound one, or, where any address is bound,
/// the one from which packets to that far end leave. Thread-safe.
/// </summary>
internal sealed class LocalRoutes(IPAddress bound, IPAddress? announced)
{
    // Far ends are few: trunks and their media servers. A scan by strangers must not fill memory.
    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<IPAddress, IPAddress> _known = new();

    /// <summary>The address to bind sockets to.</summary>
    public IPAddress Bound => bound;

    /// <summary>The address to write into SIP and SDP for <paramref name="farEnd"/>.</summary>
    public IPAddress Towards(IPAddress farEnd)
    {
        if (announced is not null) return announced;
        if (!bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any)) return bound;
        if (_known.Count > MostRemembered) _known.Clear();
        return _known.GetOrAdd(farEnd, Look);
    }

    private static IPAddress Look(IPAddress farEnd)
    {
        // Connecting a UDP socket asks the routing table and sends nothing.
        using var probe = new Socket(farEnd.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Connect(farEnd, 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException unreachable) when (unreachable.SocketErrorCode is SocketError.NetworkUnreachable or SocketError.HostUnreachable)
        {
            return IPAddress.Loopback;
        }
    }
}
