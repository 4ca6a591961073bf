using System.Diagnostics.CodeAnalysis;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Content;

/// <summary>The key from the configuration that seals the key ring: 32 octets, in base64 or in hexadecimal.</summary>
internal static class LockKey
{
    public static bool TryParse(string text, [NotNullWhen(true)] out byte[]? key)
    {
        var octets = new byte[RingKey.Octets];
        var isWhole = text.Length == 2 * RingKey.Octets
            ? Convert.FromHexString(text, octets, out _, out var written) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64String(text, octets, out written);
        key = isWhole && written == RingKey.Octets ? octets : null;
        return key is not null;
    }

    public static byte[] Parse(SecretText text) =>
        TryParse(text.Value, out var key) ? key : throw new KeyRingException("storage.key is not a key of 32 octets in base64 or hexadecimal. Make one with: openssl rand -base64 32");
}
