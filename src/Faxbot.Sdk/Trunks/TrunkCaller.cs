namespace Faxbot.Sdk.Trunks;

/// <summary>A header field that tells the trunk the caller's number.</summary>
public enum CallerHeader
{
    /// <summary>P-Asserted-Identity (RFC 3325).</summary>
    PAssertedIdentity,
    /// <summary>P-Preferred-Identity (RFC 3325).</summary>
    PPreferredIdentity,
    /// <summary>Remote-Party-ID, the older one.</summary>
    RemotePartyId,
}

/// <summary>Who calls.</summary>
public sealed record TrunkCaller
{
    /// <summary>The caller number, E.164 with plus sign, of faxes that have none of their own.</summary>
    public string? Number { get; init; }

    /// <summary>The numbers that the trunk lets call, E.164 with plus sign; empty lets all. A fax from another one is refused before it is dialled.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The user part of From whatever the number, where the trunk wants its account there; null writes the caller number.</summary>
    public string? User { get; init; }

    /// <summary>The domain of From; null takes the trunk's.</summary>
    public string? Domain { get; init; }

    /// <summary>The display name of From.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where else the caller number is written.</summary>
    public IReadOnlyList<CallerHeader> Headers { get; init; } = [];

    /// <summary>Whether the called party may not see the number: From is anonymous and <c>Privacy: id</c> is sent (RFC 3323, RFC 3325).</summary>
    public bool Private { get; init; }

    /// <summary>The number that calls; null when neither the fax nor the trunk has one.</summary>
    public string? NumberFor(string? from) => from ?? Number;

    /// <summary>Whether <paramref name="number"/> may call.</summary>
    public bool Allow(string number) => Allowed.Count == 0 || Allowed.Contains(number, StringComparer.Ordinal);
}
