using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Sip.Auth;

/// <summary>H and KD of RFC 7616 3.3 over the algorithms of RFC 8760.</summary>
internal static class DigestHash
{
    public static bool IsSession(DigestAlgorithm algorithm) =>
        algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session or DigestAlgorithm.Sha512Slash256Session;

    /// <summary>H(user:realm:password): what a server may store in the password's place.</summary>
    public static string UserHash(DigestAlgorithm algorithm, string username, string realm, string password) =>
        Hex(algorithm, $"{username}:{realm}:{password}");

    public static string Hex(DigestAlgorithm algorithm, string text) => Hex(algorithm, Encoding.UTF8.GetBytes(text));

    // MD5 is what nearly every trunk asks for (RFC 3261 22.4): the server chooses, and we take the strongest of what it offers.
    public static string Hex(DigestAlgorithm algorithm, ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(algorithm switch
    {
        DigestAlgorithm.Md5 or DigestAlgorithm.Md5Session => CryptographicOperations.HashData(HashAlgorithmName.MD5, octets),
        DigestAlgorithm.Sha256 or DigestAlgorithm.Sha256Session => SHA256.HashData(octets),
        _ => Sha512Slash256.HashData(octets),
    });
}
