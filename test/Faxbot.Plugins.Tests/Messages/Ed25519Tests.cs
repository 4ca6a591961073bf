using System.Numerics;
using Faxbot.Telnyx.Common;

namespace Faxbot.Plugins.Tests.Messages;

public sealed class Ed25519Tests
{
    // RFC 8032 7.1: public key, message, signature.
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Signatures_of_RFC_8032_hold(string key, string message, string signature) =>
        Assert.True(Ed25519.Verifies(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature)));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_bit_that_differs_is_noticed_wherever_it_is(string key, string message, string signature)
    {
        Assert.False(Ed25519.Verifies(Convert.FromHexString(key), [.. Convert.FromHexString(message), 0], Convert.FromHexString(signature)));
        foreach (var bit in Enumerable.Range(0, 64).Select(octet => octet * 8 + octet % 8))
        {
            var altered = Convert.FromHexString(signature);
            altered[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(Ed25519.Verifies(Convert.FromHexString(key), Convert.FromHexString(message), altered));
        }
    }

    // RFC 8032 8.4: else anybody makes a second signature of a first one.
    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_second_signature_made_of_the_first_one_is_refused(string key, string message, string signature)
    {
        var octets = Convert.FromHexString(signature);
        var larger = new BigInteger(octets.AsSpan(32), isUnsigned: true) + Ed25519.Order;
        Assert.True(larger.TryWriteBytes(octets.AsSpan(32), out _, isUnsigned: true));

        Assert.False(Ed25519.Verifies(Convert.FromHexString(key), Convert.FromHexString(message), octets));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    // y is p, which is not smaller than p.
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    // y is 2, for which there is no x.
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    // y is 1, whose x is 0 and cannot be odd.
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    public void What_is_no_point_is_no_key(string octets) => Assert.False(Ed25519.IsKey(Convert.FromHexString(octets)));

    [Fact]
    public void Octets_of_the_wrong_length_are_no_signature() =>
        Assert.False(Ed25519.Verifies(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), [], new byte[63]));
}
