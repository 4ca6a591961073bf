using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Sdk.Webhooks;
using Faxbot.Telnyx.Common;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>Signs webhooks as Telnyx does, by the key of the first vector of RFC 8032 7.1.</summary>
internal static class TelnyxSigner
{
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    /// <summary>In Base64, as the portal shows it.</summary>
    public const string PublicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    public static WebhookRequest Sign(Uri address, DateTimeOffset at, string body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new WebhookRequest
        {
            Method = "POST",
            Url = address.ToString(),
            Headers = new Dictionary<string, string>
            {
                ["content-type"] = "application/json",
                ["telnyx-timestamp"] = time,
                ["telnyx-signature-ed25519"] = Convert.ToBase64String(Sign(Convert.FromHexString(Seed), Encoding.UTF8.GetBytes($"{time}|{body}"))),
            },
            Body = Encoding.UTF8.GetBytes(body),
        };
    }

    /// <summary>RFC 8032 5.1.6.</summary>
    public static byte[] Sign(byte[] seed, byte[] message)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 248;
        hash[31] = (byte)(hash[31] & 127 | 64);
        var secret = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        var r = Ed25519.Scalar([.. hash[32..], .. message]);
        var first = Times(r);
        var s = (r + Ed25519.Scalar([.. first, .. Times(secret), .. message]) * secret) % Ed25519.Order;
        var second = new byte[32];
        s.TryWriteBytes(second, out _, isUnsigned: true);
        return [.. first, .. second];
    }

    private static byte[] Times(BigInteger scalar) => EdwardsPoint.Combine(scalar, EdwardsPoint.Base, BigInteger.Zero, EdwardsPoint.Base).Encode();
}
