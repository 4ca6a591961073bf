using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Registration;

/// <summary>A binding to keep at a registrar (RFC 3261 10.2). Immutable.</summary>
public sealed record RegistrationRequest
{
    /// <summary>The domain of the registrar, without a user part.</summary>
    public required SipUri Registrar { get; init; }

    /// <summary>Whose calls shall come here: To and From.</summary>
    public required SipNameAddr AddressOfRecord { get; init; }

    /// <summary>The registrar's servers in the order of RFC 3263; the next one is tried when one gives no answer or 503.</summary>
    public required IReadOnlyList<SipHop> Hops { get; init; }

    /// <summary>The socket to send from; null takes <see cref="SipUserAgentOptions.LocalEndPoint"/>.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>The user part of our Contact; null takes that of the address of record.</summary>
    public string? ContactUser { get; init; }

    /// <summary>Put the address that the registrar saw (received and rport of RFC 3581) into Contact where it differs from ours, for machines behind a NAT.
    /// Only over UDP: on a stream the registrar uses the connection.</summary>
    public bool UseLearnedAddress { get; init; }

    /// <summary>Answers 401 and 407.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>How long a binding shall last; the registrar may shorten it, and raise it by 423.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the flow to the registrar is kept open: OPTIONS on UDP, a double CRLF on a stream (RFC 5626 4.4.1). Null sends nothing.</summary>
    public TimeSpan? KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may give no response at all before the next one is tried; null waits for timer F.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>The wait after the first failure in a row; each further one doubles it (RFC 5626 4.5).</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait between tries; at once after a refusal that only a person can mend, such as a wrong password.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The part of each wait that chance may take off, 0 to 1, so that many registrations do not come at once.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>Headers to add as they are.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];
}
