using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>What a <see cref="SipUserAgent"/> needs to know. Immutable.</summary>
public sealed record SipUserAgentOptions
{
    /// <summary>The address of the socket that requests leave from unless they say otherwise. It must be a real address, not 0.0.0.0.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>The address under which peers reach us where it differs (port forwarding); it stands in Via and in our own Contact.</summary>
    public IPEndPoint? PublicEndPoint { get; init; }

    /// <summary>The port that TLS connections to us come to; null where only we open them.</summary>
    public int? TlsPort { get; init; }

    /// <summary>Octets up to which a request goes over UDP where TCP may be used as well (RFC 3261 18.1.1).</summary>
    public int LargestUdpRequest { get; init; } = 1300;

    /// <summary>The source of tags, branches, Call-IDs and back-off times.</summary>
    public required SipEntropySource Entropy { get; init; }

    /// <summary>User-Agent and Server; empty sends neither.</summary>
    public string Product { get; init; } = "Faxbot";

    public SipTimers Timers { get; init; } = SipTimers.Default;

    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>Calls at a time, of both directions. An INVITE beyond is answered 503 with Retry-After.</summary>
    public int MaxCalls { get; init; } = 1_000;

    /// <summary>Transactions at a time; a request beyond is answered 503 without keeping state.</summary>
    public int MaxTransactions { get; init; } = 20_000;

    /// <summary>Whether MESSAGE is taken (RFC 3428); otherwise it is answered 405.</summary>
    public bool TakesMessages { get; init; }

    /// <summary>The largest body of a MESSAGE that is taken, octets; a larger one is answered 413.</summary>
    public int LargestMessageBody { get; init; } = 20_000;

    /// <summary>The largest message that we send. A request beyond fails with 513.</summary>
    public int MaxDatagram { get; init; } = 16_384;

    /// <summary>Send requests within a call always to the address that the peer's messages come from, whatever its Contact and Record-Route say:
    /// for peers behind a NAT that do not know their own address.</summary>
    public bool PinCallsToPeerAddress { get; init; }

    /// <summary>How long a re-INVITE of ours may stay without a final response before it is cancelled.</summary>
    public TimeSpan ReinviteTimeout { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How often a re-INVITE is repeated after 491 before it fails with it.</summary>
    public int MaxReinviteRetries { get; init; } = 5;
}
