namespace Faxbot.Sip.Auth;

/// <summary>What <see cref="DigestVerifier"/> makes of credentials.</summary>
public enum DigestVerdict
{
    /// <summary>The caller knows the password.</summary>
    Accepted,
    /// <summary>Made for another realm: look for other credentials in the request, or challenge.</summary>
    WrongRealm,
    /// <summary>The nonce is not one of ours, or the algorithm or qop not one that we offered: challenge anew.</summary>
    ForeignNonce,
    /// <summary>
    /// The nonce is ours but too old, and the response right: challenge with stale, so that nobody is asked for the password again.
    /// </summary>
    StaleNonce,
    /// <summary>User or password are wrong.</summary>
    WrongPassword,
}
