namespace Faxbot.Sip.Auth;

/// <summary>The digest challenge of WWW-Authenticate or Proxy-Authenticate (RFC 3261 22, RFC 7616 3.3, RFC 8760). Immutable.</summary>
public sealed record DigestChallenge(string Realm, string Nonce)
{
    public string? Opaque { get; init; }

    /// <summary>The old nonce was too old, but the password right: try again with the new one, without asking anybody.</summary>
    public bool IsStale { get; init; }

    /// <summary>The algorithm; MD5 where the challenge names none.</summary>
    public DigestAlgorithm Algorithm { get; init; } = DigestAlgorithm.Md5;

    /// <summary>The challenge names its algorithm. A client echoes it only then: some servers refuse what they did not send.</summary>
    public bool NamesAlgorithm { get; init; }

    /// <summary>What qop lists, <see cref="DigestQop.None"/> where it is absent.</summary>
    public DigestQop Qop { get; init; }

    /// <summary>The protection domain as written, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>
    /// Reads a header value. False for another scheme, an unknown algorithm, or a challenge without realm or nonce: pass over it (RFC 8760
    /// 2.4).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DigestChallenge challenge) =>
        DigestReader.TryReadChallenge(text, out challenge);

    /// <summary>
    /// The strongest challenge that we can answer, the first of equals (RFC 8760 2.4), or null. With a realm, only challenges of that realm
    /// count.
    /// </summary>
    public static DigestChallenge? ChooseStrongest(IReadOnlyList<DigestChallenge> challenges, string? realm = null)
    {
        DigestChallenge? best = null;
        foreach (var challenge in challenges)
        {
            if ((realm is null || challenge.Realm == realm) && (best is null || challenge.Algorithm > best.Algorithm))
            {
                best = challenge;
            }
        }

        return best;
    }

    public override string ToString() => DigestWriter.Format(this);
}
