namespace Faxbot.Sdk.Trunks;

/// <summary>Reliable provisional responses (RFC 3262).</summary>
public enum ReliableProvisional
{
    /// <summary>They are not spoken of; a trunk that demands them all the same gets them.</summary>
    WhenDemanded,
    /// <summary>We say that we can.</summary>
    Offered,
    /// <summary>We demand them.</summary>
    Required,
}

/// <summary>Where a redirection (3xx) is followed to.</summary>
public enum RedirectPolicy
{
    /// <summary>Nowhere: the call has failed.</summary>
    Refuse,
    /// <summary>To contacts in the trunk's own domain or at its servers.</summary>
    SameTrunk,
}

/// <summary>What the trunk needs of SIP.</summary>
public sealed record TrunkSignalling
{
    /// <summary>How long the far end may ring.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long a server may stay silent before the next one is tried.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>The session interval that is asked for (RFC 4028); null asks for none, and still takes part when the trunk asks.</summary>
    public TimeSpan? SessionExpires { get; init; }

    /// <summary>Reliable provisional responses.</summary>
    public ReliableProvisional ReliableProvisional { get; init; }

    /// <summary>Redirections.</summary>
    public RedirectPolicy Redirects { get; init; }

    /// <summary>Whether calls ask to be treated as fax calls (RFC 6913: <c>Accept-Contact: *;+sip.fax="t38"</c>).</summary>
    public bool PreferFax { get; init; }

    /// <summary>The largest request, octets, that goes over UDP; a larger one goes over TCP where a server of the trunk takes it (RFC 3261 section 18.1.1).</summary>
    public int MaxRequest { get; init; } = 1300;

    /// <summary>How often the servers are asked for a sign of life (OPTIONS); null never asks.</summary>
    public TimeSpan? PingInterval { get; init; }
}
