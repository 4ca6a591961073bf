namespace Faxbot.Sdk.Trunks;

/// <summary>Where the called number of an incoming call stands.</summary>
public enum CalledNumberSource
{
    /// <summary>The request URI.</summary>
    RequestUri,
    /// <summary>To.</summary>
    To,
    /// <summary>P-Called-Party-ID (RFC 7315).</summary>
    PCalledPartyId,
    /// <summary>Diversion (RFC 5806).</summary>
    Diversion,
}

/// <summary>How calls of the trunk to us are known. A call that fits no trunk is not answered.</summary>
public sealed record TrunkInbound
{
    /// <summary>The networks its calls come from, such as <c>192.0.2.0/24</c>; besides, calls over a registered flow are the trunk's.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Whether calls must prove who they are with the trunk's own credentials (digest).</summary>
    public bool Authenticate { get; init; }

    /// <summary>Where the called number stands.</summary>
    public CalledNumberSource CalledNumber { get; init; }

    /// <summary>The country code, without plus sign, of called and calling numbers that come without one; null leaves them as they are.</summary>
    public string? Country { get; init; }
}
