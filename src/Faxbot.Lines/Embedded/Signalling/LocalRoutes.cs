using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>
/// The address of this machine that a far end sees: the configured public one, for far ends beyond the own networks the one that was learnt, the
/// bound one, or, where any address is bound, the one from which packets to that far end leave. Thread-safe.
/// </summary>
internal sealed class LocalRoutes(IPAddress bound, IPAddress? announced)
{
    // Far ends are few: trunks and their media servers. A scan by strangers must not fill memory.
    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<IPAddress, IPAddress> _known = new();
    private volatile IPAddress? _learnt;

    /// <summary>The address to bind sockets to.</summary>
    public IPAddress Bound => bound;

    /// <summary>This machine is seen under <paramref name="address"/> from outside.</summary>
    public void Learn(IPAddress address) => _learnt = address;

    /// <summary>The address to write into SIP and SDP for <paramref name="farEnd"/>.</summary>
    public IPAddress Towards(IPAddress farEnd)
    {
        if (announced is not null) return announced;
        if (_learnt is { } learnt && !IsPrivate(farEnd)) return learnt;
        if (!bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any)) return bound;
        if (_known.Count > MostRemembered) _known.Clear();
        return _known.GetOrAdd(farEnd, Look);
    }

    // RFC 1918, RFC 3927, RFC 4193, RFC 6598: there is no NAT between.
    private static bool IsPrivate(IPAddress address) => IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
        || address.GetAddressBytes() is [10, _, _, _] or [172, >= 16 and < 32, _, _] or [192, 168, _, _] or [169, 254, _, _] or [100, >= 64 and < 128, _, _];

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
