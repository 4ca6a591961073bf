using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Twilio.Common;

/// <summary>
/// The signature of a request of Twilio's (<c>X-Twilio-Signature</c>): HMAC-SHA1, keyed with the auth token, of the address exactly as it was called and the
/// fields of its form; of a body that is no form the address has the SHA-256. It says nothing of when: a request that is repeated has the same one.
/// </summary>
public static class TwilioSignature
{
    /// <summary>The header field.</summary>
    public const string HeaderName = "X-Twilio-Signature";

    private const string BodyHash = "bodySHA256=";

    /// <summary>Whether a form was sent by Twilio.</summary>
    /// <param name="authToken">The account's auth token; an API key signs nothing.</param>
    /// <param name="address">The address as Twilio called it, with its query. Twilio may have signed it with or without the port.</param>
    /// <param name="form">The fields of the form; empty for GET.</param>
    /// <param name="signature">What the header field says.</param>
    public static bool Holds(string authToken, string address, IEnumerable<KeyValuePair<string, string>> form, string? signature)
    {
        ArgumentNullException.ThrowIfNull(form);
        var fields = string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
        return Given(signature) is { } given && Spellings(address).Any(spelling => CryptographicOperations.FixedTimeEquals(Sign(authToken, spelling + fields), given));
    }

    /// <summary>Whether a body that is no form was sent by Twilio.</summary>
    /// <param name="authToken">The account's auth token.</param>
    /// <param name="address">The address as Twilio called it, with its query.</param>
    /// <param name="body">The body, octet for octet.</param>
    /// <param name="signature">What the header field says.</param>
    public static bool HoldsForBody(string authToken, string address, ReadOnlySpan<byte> body, string? signature)
    {
        ArgumentNullException.ThrowIfNull(address);
        var start = address.IndexOf(BodyHash, StringComparison.Ordinal);
        if (start < 0) return false;
        var hash = address[(start + BodyHash.Length)..].Split('&', '#')[0];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash.ToLowerInvariant()), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))))
            && Holds(authToken, address, [], signature);
    }

    private static byte[] Sign(string authToken, string text) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text));

    private static byte[]? Given(string? signature)
    {
        var octets = new byte[HMACSHA1.HashSizeInBytes];
        return signature is not null && Convert.TryFromBase64String(signature, octets, out var written) && written == octets.Length ? octets : null;
    }

    private static IEnumerable<string> Spellings(string address)
    {
        yield return address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) yield break;
        var scheme = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = address.IndexOfAny(['/', '?', '#'], scheme) is var found and >= 0 ? found : address.Length;
        var authority = address[scheme..end];
        var port = FormattableString.Invariant($":{uri.Port}");
        yield return address[..scheme] + (authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority + port) + address[end..];
    }
}
