using System.Globalization;
using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Auth;

/// <summary>Header values from digest records; which parts stand in quotes follows RFC 3261 25.1.</summary>
internal static class DigestWriter
{
    public static string Name(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5",
        DigestAlgorithm.Md5Session => "MD5-sess",
        DigestAlgorithm.Sha256 => "SHA-256",
        DigestAlgorithm.Sha256Session => "SHA-256-sess",
        DigestAlgorithm.Sha512Slash256 => "SHA-512-256",
        _ => "SHA-512-256-sess",
    };

    public static string Name(DigestQop qop) => qop switch
    {
        DigestQop.Auth => "auth",
        DigestQop.AuthInt => "auth-int",
        _ => "auth,auth-int",
    };

    public static string Format(DigestChallenge challenge)
    {
        var text = new StringBuilder("Digest realm=").Append(SipGrammar.Quote(challenge.Realm));
        AddQuoted(text, "domain", challenge.Domain);
        AddQuoted(text, "nonce", challenge.Nonce);
        AddQuoted(text, "opaque", challenge.Opaque);
        Add(text, "stale", challenge.IsStale ? "true" : null);
        Add(text, "algorithm", challenge.NamesAlgorithm ? Name(challenge.Algorithm) : null);
        AddQuoted(text, "qop", challenge.Qop == DigestQop.None ? null : Name(challenge.Qop));
        return text.ToString();
    }

    public static string Format(DigestCredentials credentials)
    {
        var text = new StringBuilder("Digest username=").Append(SipGrammar.Quote(credentials.Username));
        AddQuoted(text, "realm", credentials.Realm);
        AddQuoted(text, "nonce", credentials.Nonce);
        AddQuoted(text, "uri", credentials.Uri);
        AddQuoted(text, "response", credentials.Response);
        Add(text, "algorithm", credentials.NamesAlgorithm ? Name(credentials.Algorithm) : null);
        AddQuoted(text, "cnonce", credentials.Cnonce);
        AddQuoted(text, "opaque", credentials.Opaque);
        if (credentials.Qop != DigestQop.None)
        {
            Add(text, "qop", Name(credentials.Qop));
            Add(text, "nc", credentials.NonceCount.ToString("x8", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static void AddQuoted(StringBuilder text, string name, string? value) =>
        Add(text, name, value is null ? null : SipGrammar.Quote(value));

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(", ").Append(name).Append('=').Append(value);
        }
    }
}
