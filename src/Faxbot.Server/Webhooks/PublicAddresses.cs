using System.Net;
using System.Net.Sockets;

namespace Faxbot.Server.Webhooks;

/// <summary>Which addresses are those of the public internet: all that IANA's special-purpose registries do not take out of it.</summary>
internal static class PublicAddresses
{
    // RFC 6890 and its successors, IPv4.
    private static readonly IPNetwork[] NotPublic4 = [.. Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4")];

    // Global unicast is 2000::/3 (RFC 4291 2.4); within it these are not, or carry an IPv4 address that may be anything (Teredo, 6to4).
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotPublic6 = [.. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")];

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !NotPublic4.Any(network => network.Contains(address))
            : GlobalUnicast.Contains(address) && !NotPublic6.Any(network => network.Contains(address));
    }

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(network => IPNetwork.Parse(network));
}
