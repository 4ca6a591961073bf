using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>A call to make. Immutable.</summary>
public sealed record InviteRequest
{
    /// <summary>Whom to call, as the trunk wants it on the request line.</summary>
    public required SipUri RequestUri { get; init; }

    /// <summary>Who calls; a tag is added.</summary>
    public required SipNameAddr From { get; init; }

    /// <summary>To, when it is to differ from the request URI.</summary>
    public SipNameAddr? To { get; init; }

    /// <summary>Where the INVITE goes: the resolved address of the trunk or its outbound proxy.</summary>
    public required SipHop NextHop { get; init; }

    /// <summary>The socket to send from; null takes <see cref="SipUserAgentOptions.LocalEndPoint"/>.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>Where the peer reaches us during the call; null makes one of the From user and the local address.</summary>
    public SipNameAddr? Contact { get; init; }

    /// <summary>Proxies that the first INVITE must visit (a pre-loaded route set, RFC 3261 8.1.1.1), usually none.</summary>
    public IReadOnlyList<SipUri> Route { get; init; } = [];

    /// <summary>Headers to add as they are, such as P-Asserted-Identity or Privacy.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>Answers 401 and 407 to the INVITE and to every later request of the call; null reports the challenge as a failure.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>Reliable provisional responses.</summary>
    public ReliableProvisionalUse ReliableProvisional { get; init; }

    /// <summary>The session interval to ask for (RFC 4028); null asks for none, and still takes part when the peer asks.</summary>
    public TimeSpan? SessionExpires { get; init; }

    /// <summary>Whether a redirection (3xx) to that contact is followed; null follows none.</summary>
    public Func<SipUri, bool>? MayFollow { get; init; }

    /// <summary>The offer.</summary>
    public required SipBody Body { get; init; }

    /// <summary>How long to wait for a final response before the call is cancelled.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the next hop may give no response at all before the call fails with <see cref="SipFailureOrigin.NoResponse"/>, so that
    /// another may be tried; null waits for timer B. From then on the INVITE is not repeated, a provisional response to it brings a CANCEL, and a 2xx
    /// is acknowledged and hung up.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>A Call-ID to use; null makes an unguessable one.</summary>
    public string? CallId { get; init; }
}
