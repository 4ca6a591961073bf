namespace Faxbot.Sdk.Trunks;

/// <summary>What carries SIP to a trunk.</summary>
public enum TrunkTransport
{
    /// <summary>UDP.</summary>
    Udp,
    /// <summary>TCP.</summary>
    Tcp,
    /// <summary>TLS over TCP; the certificate must be valid for the trunk's domain or host.</summary>
    Tls,
}

/// <summary>How the name of a server becomes addresses (RFC 3263).</summary>
public enum TrunkDns
{
    /// <summary>By address records alone.</summary>
    A,
    /// <summary>By SRV records for the transport, where there are none by address records.</summary>
    Srv,
    /// <summary>By NAPTR records, which choose the transport too; then as <see cref="Srv"/>.</summary>
    Naptr,
}

/// <summary>One server of a trunk.</summary>
public sealed record TrunkServer
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The port; null takes 5060, 5061 with TLS, or what SRV records say.</summary>
    public int? Port { get; init; }

    /// <summary>What carries SIP.</summary>
    public TrunkTransport Transport { get; init; }

    /// <summary>How the name becomes addresses; a name with a port, and an address, are taken as they are.</summary>
    public TrunkDns Dns { get; init; }

    /// <summary>Where it stands, for people.</summary>
    public string? Region { get; init; }

    /// <summary>Lower ones are tried first; those with the same one as listed.</summary>
    public int Priority { get; init; }

    /// <summary>The prefixes of E.164 numbers, with plus sign, that it is for; empty is for all.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];
}
