using System.Net;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded;

/// <summary>How an <see cref="EmbeddedLine"/> meets the network.</summary>
public sealed record EmbeddedLineOptions
{
    /// <summary>The address and port for SIP; port 0 takes any free one.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Any, 0);

    /// <summary>Whether SIP comes in over TCP too, on the port of UDP. Calls to trunks over TCP go out either way.</summary>
    public bool Tcp { get; init; } = true;

    /// <summary>
    /// Our certificate with its key: SIP comes in over TLS, and servers that ask for a certificate see it. Null takes no TLS connections;
    /// calls to trunks over TLS go out either way.
    /// </summary>
    public X509Certificate2? TlsCertificate { get; init; }

    /// <summary>The certificates that lead from ours to its root.</summary>
    public X509Certificate2Collection TlsChain { get; init; } = [];

    /// <summary>The port for SIP over TLS, where there is a certificate; 0 takes any free one.</summary>
    public int TlsPort { get; init; }

    /// <summary>Roots that vouch for the certificates of trunks, beside the system's: for private trunks.</summary>
    public X509Certificate2Collection TlsRoots { get; init; } = [];

    /// <summary>The name servers that are asked where trunks are; none asks those of the system.</summary>
    public IReadOnlyList<IPEndPoint> NameServers { get; init; } = [];

    /// <summary>The address that the far end sees in SIP and SDP, where it is not the bound one (NAT).</summary>
    public IPAddress? PublicAddress { get; init; }

    /// <summary>
    /// A STUN server, as host or host and port, that tells the address that far ends beyond the own networks see (RFC 8489). Only the address is
    /// taken; ports must be forwarded as they are. A <see cref="PublicAddress"/> goes before it.
    /// </summary>
    public string? StunServer { get; init; }

    /// <summary>The UDP ports of audio and T.38; null takes any free ones.</summary>
    public MediaPortRange? MediaPorts { get; init; }

    /// <summary>T.38 and audio of calls that come in.</summary>
    public TrunkT38 InboundT38 { get; init; } = new();

    /// <summary>Whether media of calls that come in is taken from wherever its first packet comes.</summary>
    public bool InboundSymmetricMedia { get; init; }

    /// <summary>How the receiving terminal names itself and what it can do.</summary>
    public ReceiverOptions Receiver { get; init; } = new();

    /// <summary>No call lasts longer; it is then ended in order.</summary>
    public TimeSpan MaxCallDuration { get; init; } = TimeSpan.FromHours(3);

    /// <summary>The most calls at once; further ones get 486 or are not placed.</summary>
    public int MaxCalls { get; init; } = 500;

    /// <summary>Shown each datagram that the line sends; null shows nobody.</summary>
    internal DatagramTap? Tap { get; init; }

    /// <summary>Shown each message that the line sends over TCP or TLS, in plain; null shows nobody.</summary>
    internal DatagramTap? StreamTap { get; init; }

    /// <summary>What connections may take.</summary>
    internal StreamOptions Streams { get; init; } = new();
}
