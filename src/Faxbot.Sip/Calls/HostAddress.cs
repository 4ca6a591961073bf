using System.Net;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>The address in a URI.</summary>
internal static class HostAddress
{
    /// <summary>The address and port, or null where the host is a name or an address that nobody can be at.</summary>
    public static IPEndPoint? Of(SipUri uri)
    {
        var port = uri.Port ?? 5060;
        return uri.IsSip && port > 0 && IPAddress.TryParse(uri.Host, out var address)
            && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? new IPEndPoint(address, port)
            : null;
    }
}
