using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Transactions;

/// <summary>Where responses go: RFC 3261 18.2 and RFC 3581.</summary>
internal static class ViaRouting
{
    /// <summary>The Via as the server sees it: with <c>received</c>, and with the source port where <c>rport</c> asks for it (RFC 3581 4).</summary>
    public static SipVia Stamp(SipVia via, IPEndPoint source)
    {
        var text = HostOf(source.Address);
        if (via.HasRPort)
        {
            return via with { RPort = source.Port, Received = text };
        }

        // A received that the sender wrote itself is not believed.
        return via.Host.Equals(text, StringComparison.OrdinalIgnoreCase) ? via with { Received = null } : via with { Received = text };
    }

    /// <summary>An address as SIP writes it: without the IPv6 scope, and as IPv4 where a dual-stack socket shows it as IPv6.</summary>
    public static string HostOf(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes())).ToString();

    /// <summary>
    /// The hop that a response goes to. It is always the host that the request came from, on a stream its connection: maddr, which could point a
    /// response at a third party, is not followed (RFC 3261 18.2.2 wants it for multicast only).
    /// </summary>
    public static SipHop ReplyHop(SipVia via, SipHop source) =>
        source.IsReliable || via.HasRPort || via.EffectivePort == source.EndPoint.Port || via.EffectivePort == 0
            ? source
            : new SipHop(new IPEndPoint(source.EndPoint.Address, via.EffectivePort));
}
