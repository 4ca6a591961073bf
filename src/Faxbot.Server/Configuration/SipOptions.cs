using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>How the gateway's own line meets the network.</summary>
internal sealed record SipOptions
{
    [Setting("Address and port of SIP; port 0 takes a free one.")]
    public IPEndPoint Bind { get; init; } = new(IPAddress.Any, 5060);

    [Setting("The address that trunks see, where it is not the bound one (NAT).", Unset = "the address that leads to the trunk", Example = "203.0.113.7")]
    public IPAddress? PublicAddress { get; init; }

    [Setting("The UDP ports of audio and T.38.", Unset = "any free ports", Example = "20000-20999")]
    public PortRange? MediaPorts { get; init; }

    [Setting("The networks whose calls are answered; a single address is a network of /32.", Unset = "no call is answered", Example = "192.0.2.0/24")]
    public IReadOnlyList<IPNetwork> AcceptFrom { get; init; } = [];

    [Setting("The most calls at once, in both directions.", Min = 1, Max = 10_000)]
    public int MaxCalls { get; init; } = 500;

    [Setting("How long a gateway that is told to stop waits for calls under way before it ends them.")]
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(20);
}
