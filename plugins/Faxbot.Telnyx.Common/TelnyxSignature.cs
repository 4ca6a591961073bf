using System.Globalization;
using System.Text;
using Faxbot.Sdk.Webhooks;

namespace Faxbot.Telnyx.Common;

/// <summary>The signature of a webhook of Telnyx: Ed25519 of the time, a bar and the body, octet for octet.</summary>
public static class TelnyxSignature
{
    /// <summary>The header field with the signature, in Base64.</summary>
    public const string SignatureHeader = "telnyx-signature-ed25519";

    /// <summary>The header field with the time, in seconds since 1970.</summary>
    public const string TimeHeader = "telnyx-timestamp";

    /// <summary>How far the time may be away from ours; Telnyx' own library takes no more.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The account's public key, from Base64; null when it is none.</summary>
    public static byte[]? ReadKey(string text)
    {
        var octets = new byte[Ed25519.KeyOctets];
        return Convert.TryFromBase64String(text, octets, out var written) && written == octets.Length && Ed25519.IsKey(octets) ? octets : null;
    }

    /// <summary>Whether Telnyx sent it, and not too long ago.</summary>
    /// <param name="request">The webhook.</param>
    /// <param name="key">What <see cref="ReadKey"/> gave.</param>
    /// <param name="now">Our time.</param>
    public static bool Holds(WebhookRequest request, ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        var signature = new byte[Ed25519.SignatureOctets];
        return request.Headers.TryGetValue(TimeHeader, out var time)
            && request.Headers.TryGetValue(SignatureHeader, out var given)
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds
            && Convert.TryFromBase64String(given, signature, out var written) && written == signature.Length
            && Ed25519.Verifies(key, [.. Encoding.UTF8.GetBytes($"{time}|"), .. request.Body], signature);
    }
}
