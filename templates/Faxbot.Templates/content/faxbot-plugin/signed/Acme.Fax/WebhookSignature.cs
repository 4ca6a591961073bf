using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax;

/// <summary>How Acme signs its webhooks: HMAC-SHA256 of the time, a dot and the body, in hexadecimal.</summary>
public static class WebhookSignature
{
    public const string TimeHeader = "acme-time", SignatureHeader = "acme-signature";

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static string Sign(string key, string time, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), (byte[])[.. Encoding.UTF8.GetBytes($"{time}."), .. body]));

    /// <summary>Whether Acme sent it, and not too long ago.</summary>
    public static bool IsGood(WebhookRequest request, string key, DateTimeOffset now) =>
        request.Headers.TryGetValue(TimeHeader, out var time)
        && request.Headers.TryGetValue(SignatureHeader, out var signature)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(key, time, request.Body)))
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Window;
}
