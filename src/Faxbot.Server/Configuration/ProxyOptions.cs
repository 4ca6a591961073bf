using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>Reverse proxies in front of the gateway.</summary>
internal sealed record ProxyOptions
{
    [Setting("The networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.", Unset = "none", Example = "10.0.0.0/8")]
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];
}
