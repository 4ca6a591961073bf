namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>
/// What a provider's SIP servers ask of a call: they are the test's knowledge of the provider and are to be written from its documentation, not from the
/// trunk profile under test. The carrier answers a call that breaks them with 403, and the test fails with a sentence that names what was expected and
/// what came.
/// </summary>
public sealed record CarrierRules
{
    /// <summary>The account that INVITE and REGISTER must prove with digest; null where the carrier knows its customers by their address.</summary>
    public CarrierAccount? Account { get; init; }

    /// <summary>Whether INVITEs and MESSAGEs are challenged, where there is an account.</summary>
    public bool ChallengesInvites { get; init; } = true;

    /// <summary>Whether the customer must have registered before a call.</summary>
    public bool ExpectsRegistration { get; init; }

    /// <summary>The called number in the request URI.</summary>
    public required AddressRule RequestUri { get; init; }

    /// <summary>To; null takes anything.</summary>
    public AddressRule? To { get; init; }

    /// <summary>From; null takes anything.</summary>
    public AddressRule? From { get; init; }

    /// <summary>P-Asserted-Identity; null takes anything, also none.</summary>
    public AddressRule? AssertedIdentity { get; init; }

    /// <summary>Header fields that each INVITE must have, with the value that they must have; <c>*</c> takes any value.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The hosts that calls must be sent to, in the order in which they are tried; null takes any.</summary>
    public IReadOnlyList<string>? Servers { get; init; }

    /// <summary>What carries SIP to <see cref="Servers"/>; null takes any.</summary>
    public Trunks.TrunkTransport? Transport { get; init; }

    /// <summary>How the carrier does T.38.</summary>
    public CarrierT38 T38 { get; init; } = new();

    /// <summary>Numbers that are called, E.164 with plus sign: the address rules must hold for each.</summary>
    public IReadOnlyList<string> Destinations { get; init; } = ["+12125550142", "+442079460018", "+4930123456789"];

    /// <summary>The number that calls, E.164 with plus sign.</summary>
    public string Caller { get; init; } = "+13105550127";
}

/// <summary>An account at the carrier.</summary>
/// <param name="User">The user name of the digest.</param>
/// <param name="Password">Its password.</param>
/// <param name="Realm">The realm of the challenge.</param>
public sealed record CarrierAccount(string User, string Password, string Realm)
{
    /// <summary>How INVITEs are challenged: 407 as proxies do, or 401.</summary>
    public int ChallengeStatus { get; init; } = 407;

    /// <summary>Whether the challenge asks for SHA-256 and not MD5.</summary>
    public bool Sha256 { get; init; }
}
