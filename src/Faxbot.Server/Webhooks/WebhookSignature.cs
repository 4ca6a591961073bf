using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Server.Webhooks;

/// <summary>
/// Signs deliveries: <c>Faxbot-Signature: t=UNIX-SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 under the secret's own octets over <c>t</c>, a dot, and the
/// body. The time is part of what is signed, so that a receiver can refuse what is old.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Faxbot-Signature";
    private const string SecretPrefix = "whsec_";
    private const int SecretOctets = 32;

    public static string CreateSecret() => Format(RandomNumberGenerator.GetBytes(SecretOctets));

    /// <summary>The secret of a key for the addresses that its faxes name: the same whenever it is asked for.</summary>
    public static string SecretOfKey(byte[] gatewaySecret, string keyId) => Format(HMACSHA256.HashData(gatewaySecret, Encoding.UTF8.GetBytes("webhooks " + keyId)));

    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(signature)}";
    }

    private static string Format(byte[] octets) => SecretPrefix + System.Buffers.Text.Base64Url.EncodeToString(octets);
}
