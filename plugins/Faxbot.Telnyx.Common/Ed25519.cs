using System.Numerics;
using System.Security.Cryptography;

namespace Faxbot.Telnyx.Common;

/// <summary>
/// Verifies signatures of Ed25519 (RFC 8032 5.1), which .NET does not have. All that goes in is public, so that times may differ; nothing is signed here.
/// </summary>
internal static class Ed25519
{
    public const int KeyOctets = 32, SignatureOctets = 64;

    /// <summary>The order of the base point, L.</summary>
    public static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the octets are a point of the curve.</summary>
    public static bool IsKey(ReadOnlySpan<byte> key) => EdwardsPoint.TryDecode(key, out _);

    /// <summary>RFC 8032 5.1.7, without the cofactor: the point [S]B - [k]A is R.</summary>
    public static bool Verifies(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureOctets || !EdwardsPoint.TryDecode(key, out var publicPoint)) return false;
        var r = signature[..KeyOctets];
        var s = new BigInteger(signature[KeyOctets..], isUnsigned: true);
        // A larger S would make a second signature of a first one.
        if (s >= Order) return false;
        var k = Scalar([.. r, .. key, .. message]);
        return EdwardsPoint.Combine(s, EdwardsPoint.Base, k, publicPoint.Negate()).Encode().AsSpan().SequenceEqual(r);
    }

    /// <summary>SHA-512 as a number, modulo L.</summary>
    public static BigInteger Scalar(ReadOnlySpan<byte> octets) => new BigInteger(SHA512.HashData(octets), isUnsigned: true) % Order;
}
