using System.Net;

namespace Faxbot.Server.Configuration;

/// <summary>How the gateway's own line meets the network.</summary>
internal sealed record SipOptions
{
    [Setting("Address and port of SIP; port 0 takes a free one.")]
    public IPEndPoint Bind { get; init; } = new(IPAddress.Any, 5060);

    [Setting("Whether SIP comes in over TCP too, on the port of `sip.bind`. Calls to trunks over TCP go out either way.")]
    public bool Tcp { get; init; } = true;

    [Setting("The port of SIP over TLS, where there is a certificate; 0 takes a free one.", Min = 0, Max = 65_535)]
    public int TlsPort { get; init; } = 5061;

    [Setting("A PEM file of our certificate, what leads to its root, and its key. Calls to trunks over TLS go out without one.", IsPath = true, Unset = "no TLS comes in", Example = "{data_folder}/sip.pem")]
    public string? TlsCertificate { get; init; }

    [Setting("A PEM file of roots that are believed beside the system's, for private trunks.", IsPath = true, Unset = "the system's roots alone", Example = "{data_folder}/roots.pem")]
    public string? TlsRoots { get; init; }

    [Setting("The address that trunks see, where it is not the bound one (NAT).", Unset = "the address that leads to the trunk", Example = "203.0.113.7")]
    public IPAddress? PublicAddress { get; init; }

    [Setting("A STUN server that tells that address, host or host:port. Ports must be forwarded as they are.", Unset = "no server is asked", Example = "stun.example.com:3478")]
    public string? StunServer { get; init; }

    [Setting("The UDP ports of audio and T.38.", Unset = "any free ports", Example = "20000-20999")]
    public PortRange? MediaPorts { get; init; }

    [Setting("The networks whose calls are answered; a single address is a network of /32.", Unset = "no call is answered", Example = "192.0.2.0/24")]
    public IReadOnlyList<IPNetwork> AcceptFrom { get; init; } = [];

    [Setting("The most calls at once, in both directions.", Min = 1, Max = 10_000)]
    public int MaxCalls { get; init; } = 500;

    [Setting("How long a gateway that is told to stop waits for calls under way before it ends them.")]
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(20);
}
