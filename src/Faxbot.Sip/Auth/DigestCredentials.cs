using System.Security.Cryptography;
using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Auth;

/// <summary>The digest credentials of Authorization or Proxy-Authorization (RFC 3261 22, RFC 7616 3.4, RFC 8760). Immutable.</summary>
public sealed record DigestCredentials(string Username, string Realm, string Nonce, string Uri, string Response)
{
    public DigestAlgorithm Algorithm { get; init; } = DigestAlgorithm.Md5;

    /// <summary>The algorithm stands in the header.</summary>
    public bool NamesAlgorithm { get; init; }

    public string? Cnonce { get; init; }

    public string? Opaque { get; init; }

    /// <summary>One of the challenge's qop values, or none.</summary>
    public DigestQop Qop { get; init; }

    /// <summary>How often the nonce was used, this time included; 1 is the first. Written only with a qop.</summary>
    public uint NonceCount { get; init; }

    /// <summary>Reads a header value. False for another scheme, an unknown algorithm, or where a mandatory part lacks.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DigestCredentials credentials) =>
        DigestReader.TryReadCredentials(text, out credentials);

    /// <summary>Answers a challenge. <c>auth</c> is preferred to <c>auth-int</c>, which breaks where a gateway changes the SDP.</summary>
    /// <param name="challenge">The server's challenge.</param>
    /// <param name="username">The authentication user.</param>
    /// <param name="password">Its password; kept nowhere.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="uri">The Request-URI as it is on the wire.</param>
    /// <param name="cnonce">A fresh random text of the caller's.</param>
    /// <param name="nonceCount">1 for the first request with this nonce, one more for each that follows.</param>
    /// <param name="body">The body, for <c>auth-int</c>.</param>
    public static DigestCredentials Answer(
        DigestChallenge challenge, string username, string password, SipMethod method, string uri, string cnonce, uint nonceCount = 1,
        ReadOnlySpan<byte> body = default)
    {
        var qop = challenge.Qop.HasFlag(DigestQop.Auth) ? DigestQop.Auth : challenge.Qop & DigestQop.AuthInt;
        var unsigned = new DigestCredentials(username, challenge.Realm, challenge.Nonce, uri, "")
        {
            Algorithm = challenge.Algorithm,
            NamesAlgorithm = challenge.NamesAlgorithm,
            Opaque = challenge.Opaque,
            Qop = qop,
            NonceCount = qop == DigestQop.None ? 0 : nonceCount,
            Cnonce = qop != DigestQop.None || DigestHash.IsSession(challenge.Algorithm) ? cnonce : null,
        };
        var userHash = DigestHash.UserHash(challenge.Algorithm, username, challenge.Realm, password);
        return unsigned with { Response = unsigned.ComputeResponse(userHash, method, body) };
    }

    /// <summary>Whether the response proves knowledge of the password; takes as long for a wrong answer as for a right one.</summary>
    public bool IsProofOf(string password, SipMethod method, ReadOnlySpan<byte> body) =>
        IsProofOfHash(DigestHash.UserHash(Algorithm, Username, Realm, password), method, body);

    /// <summary>As <see cref="IsProofOf"/>, where only H(user:realm:password) is stored, in lower-case hexadecimal.</summary>
    public bool IsProofOfHash(string userHash, SipMethod method, ReadOnlySpan<byte> body) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(ComputeResponse(userHash, method, body)), Encoding.UTF8.GetBytes(Response.ToLowerInvariant()));

    public override string ToString() => DigestWriter.Format(this);

    // RFC 7616 3.4.1 to 3.4.3; without qop RFC 2069's form remains (RFC 3261 22.4 item 8).
    private string ComputeResponse(string userHash, SipMethod method, ReadOnlySpan<byte> body)
    {
        var secret = DigestHash.IsSession(Algorithm) ? DigestHash.Hex(Algorithm, $"{userHash}:{Nonce}:{Cnonce}") : userHash;
        var request = Qop == DigestQop.AuthInt ? $"{method}:{Uri}:{DigestHash.Hex(Algorithm, body)}" : $"{method}:{Uri}";
        var requestHash = DigestHash.Hex(Algorithm, request);
        return DigestHash.Hex(Algorithm, Qop == DigestQop.None
            ? $"{secret}:{Nonce}:{requestHash}"
            : $"{secret}:{Nonce}:{NonceCount:x8}:{Cnonce}:{DigestWriter.Name(Qop)}:{requestHash}");
    }
}
