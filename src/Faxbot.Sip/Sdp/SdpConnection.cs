using System.Net;

namespace Faxbot.Sip.Sdp;

/// <summary>A <c>c=</c> line (RFC 8866 5.7).</summary>
/// <param name="NetworkType"><c>IN</c>.</param>
/// <param name="AddressType"><c>IP4</c> or <c>IP6</c>.</param>
/// <param name="Address">Where media are received; what stood behind a slash (multicast) included.</param>
public sealed record SdpConnection(string NetworkType, string AddressType, string Address)
{
    /// <summary>The address 0.0.0.0 or ::, the old way to put on hold (RFC 3264 8.4): nothing may be sent there.</summary>
    public bool IsUnspecified =>
        IPAddress.TryParse(Address, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>The connection of an address or host name.</summary>
    public static SdpConnection To(string address) => new("IN", AddressTypeOf(address), address);

    public override string ToString() => $"{NetworkType} {AddressType} {Address}";

    internal static string AddressTypeOf(string address) => address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";

    internal static bool TryRead(string text, out SdpConnection connection)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        connection = fields.Length == 3 ? new SdpConnection(fields[0], fields[1], fields[2]) : new SdpConnection("", "", "");
        return fields.Length == 3;
    }
}
