using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded;

/// <summary>How an <see cref="EmbeddedLine"/> meets the network.</summary>
public sealed record EmbeddedLineOptions
{
    /// <summary>The address and port for SIP; port 0 takes any free one.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Any, 0);

    /// <summary>The address that the far end sees in SIP and SDP, where it is not the bound one (NAT).</summary>
    public IPAddress? PublicAddress { get; init; }

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
}
