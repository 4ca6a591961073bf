using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.InstantMessages;

/// <summary>An instant message to send: a MESSAGE outside a dialog (RFC 3428). Immutable; compares by reference where it is told apart.</summary>
public sealed record InstantMessage
{
    /// <summary>Who receives, as the trunk wants it on the request line.</summary>
    public required SipUri RequestUri { get; init; }

    /// <summary>Who sends; a tag is added.</summary>
    public required SipNameAddr From { get; init; }

    /// <summary>To, when it is to differ from the request URI.</summary>
    public SipNameAddr? To { get; init; }

    /// <summary>Where it goes: the resolved address of the trunk or its outbound proxy.</summary>
    public required SipHop NextHop { get; init; }

    /// <summary>The socket to send from; null takes <see cref="SipUserAgentOptions.LocalEndPoint"/>.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>Proxies that it must visit (a pre-loaded route set, RFC 3261 8.1.1.1), usually none.</summary>
    public IReadOnlyList<SipUri> Route { get; init; } = [];

    /// <summary>Headers to add as they are.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>Answers 401 and 407; null reports the challenge as a failure.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>What is said.</summary>
    public required SipBody Body { get; init; }

    /// <summary>When it was written; RFC 3428 4 wants it beside <see cref="Expires"/>.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>How long it is worth delivering; null says nothing of it.</summary>
    public TimeSpan? Expires { get; init; }
}
