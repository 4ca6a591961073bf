using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>Reverse proxies in front of the gateway.</summary>
internal sealed record ProxyOptions
{
    [Setting("The networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.", Unset = "none")]
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];
}
