using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Auth;

public sealed class DigestCredentialsTests
{
    private static readonly byte[] Body = "v=0\r\n"u8.ToArray();

    [Fact]
    public void Answers_the_example_of_RFC_2617_3_5()
    {
        var challenge = Read("""
            Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"
            """);

        var credentials = DigestCredentials.Answer(challenge, "Mufasa", "Circle Of Life", new SipMethod("GET"), "/dir/index.html", "0a4f113b");

        Assert.Equal("6629fae49393a05397450978507c4ef1", credentials.Response);
        Assert.Equal(
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
            + "response=\"6629fae49393a05397450978507c4ef1\", cnonce=\"0a4f113b\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001",
            credentials.ToString());
    }

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Answers_the_example_of_RFC_7616_3_9_1(string algorithm, string response)
    {
        var challenge = Read($"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");

        var credentials = DigestCredentials.Answer(
            challenge, "Mufasa", "Circle of Life", new SipMethod("GET"), "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        Assert.Equal(response, credentials.Response);
    }

    // The user, realm and nonces of RFC 7616 3.9.2, without its user hash; the response printed there is known to be wrong, this one is OpenSSL's.
    [Fact]
    public void Answers_with_SHA_512_256_and_a_name_beyond_ASCII()
    {
        var challenge = Read("Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\"");

        var credentials = DigestCredentials.Answer(
            challenge, "J\u00e4s\u00f8n Doe", "Secret, or not?", new SipMethod("GET"), "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm");

        Assert.Equal("7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c", credentials.Response);
    }

    // Computed with OpenSSL's hashes.
    [Theory]
    [InlineData("MD5", "", "345b3d1cdc6c46c290b4b6290bf90a0d")]
    [InlineData("MD5", "auth", "d67285ec10dc2dbcfe159c67d43fa513")]
    [InlineData("MD5", "auth-int", "3d35033750dcb7bb93b3e24f9e03b40a")]
    [InlineData("MD5-sess", "", "304cf1c4721340fce5b2e6a569ac6033")]
    [InlineData("MD5-sess", "auth", "b7a2776076fb50fd4a14149fcd08923c")]
    [InlineData("MD5-sess", "auth-int", "2b1919ccf6a62435d20cbdb8c2d60f01")]
    [InlineData("SHA-256", "", "a53a9e01a5b2fc4cbfe7652284e079f16cfa1ff526e024e8b06c0c98cbe06cff")]
    [InlineData("SHA-256", "auth", "d79592aaafc5c3dab90e84f6751a7e42c171895f3f082f7e92dd76123b15148b")]
    [InlineData("SHA-256", "auth-int", "37309a77749e803bb5f30de2093f13609c6d0d34a5c3984b7551d0be7e19c13b")]
    [InlineData("SHA-256-sess", "", "f8b456f4dacca94f62e16812929939a5e70a11551d6ebfc73cb6ae47175e18e6")]
    [InlineData("SHA-256-sess", "auth", "0e90d5a75dd99b7846d64a6a7d6d97e2b5cdc48422bace64586a6d276ea8c496")]
    [InlineData("SHA-256-sess", "auth-int", "579b6e099a7af0634b846719f7d2d9ae6add7623fec5114983f77ad2f6fe9569")]
    [InlineData("SHA-512-256", "", "cf2b67a6b0437c3756a71e05316a5bd0194fc5f93aff5922cae844bb72c00612")]
    [InlineData("SHA-512-256", "auth", "1167cfe7357d9fa4005516eb661d6e109c6c0d81ff075e8981fadabea82f8956")]
    [InlineData("SHA-512-256", "auth-int", "ad7727e47763336cbd818721a1837e5dc0a0ea9e0b9ce85e0d79dffda2e529ab")]
    [InlineData("SHA-512-256-sess", "", "17748e4e0e93a0c4f479429e6418005389ba63d2a2b4506457c510146cc0bf19")]
    [InlineData("SHA-512-256-sess", "auth", "14dcee5b3f0345fa16841a4b062f9783ffd33ef82486106fa782a74166d0220a")]
    [InlineData("SHA-512-256-sess", "auth-int", "50ab1274e963874812d92b4acbb7d3793f861c73584d89c80821d8e7c7af1c83")]
    public void Answers_with_each_algorithm_and_qop(string algorithm, string qop, string response)
    {
        var challenge = Read($"Digest realm=\"fax.example\", nonce=\"dcd98b71\", algorithm={algorithm}" + (qop.Length > 0 ? $", qop=\"{qop}\"" : ""));

        var credentials = DigestCredentials.Answer(
            challenge, "5550100", "s3cret:\u00e4", SipMethod.Invite, "sip:+4930555@fax.example", "0a4f113b", 0x1f, Body);

        Assert.Equal(response, credentials.Response);
        Assert.True(DigestCredentials.TryParse(credentials.ToString(), out var read));
        Assert.Equal(credentials, read);
        Assert.True(read.IsProofOf("s3cret:\u00e4", SipMethod.Invite, Body));
        Assert.False(read.IsProofOf("s3cret:a", SipMethod.Invite, Body));
        Assert.False(read.IsProofOf("s3cret:\u00e4", SipMethod.Register, Body));
        Assert.Equal(qop != "auth-int", read.IsProofOf("s3cret:\u00e4", SipMethod.Invite, "v=1\r\n"u8));
    }

    [Fact]
    public void Says_as_little_as_the_challenge()
    {
        var plain = DigestCredentials.Answer(Read("Digest realm=\"r\", nonce=\"n\""), "u", "p", SipMethod.Invite, "sip:a@b", "c");

        Assert.Equal((DigestQop.None, 0u, null, null), (plain.Qop, plain.NonceCount, plain.Cnonce, plain.Opaque));
        Assert.DoesNotContain("algorithm", plain.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Prefers_auth_to_auth_int() =>
        Assert.Equal(
            DigestQop.Auth,
            DigestCredentials.Answer(Read("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int,auth\""), "u", "p", SipMethod.Invite, "sip:a@b", "c").Qop);

    [Fact]
    public void A_response_in_upper_case_is_a_proof_too()
    {
        var credentials = DigestCredentials.Answer(Read("Digest realm=\"r\", nonce=\"n\""), "u", "p", SipMethod.Invite, "sip:a@b", "c");

        Assert.True((credentials with { Response = credentials.Response.ToUpperInvariant() }).IsProofOf("p", SipMethod.Invite, default));
        Assert.False((credentials with { Response = "" }).IsProofOf("p", SipMethod.Invite, default));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Digest")]
    [InlineData("Digest ")]
    [InlineData("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:a\"")]
    [InlineData("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"x\", algorithm=MD6")]
    [InlineData("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"x\", qop=auth, nc=1")]
    [InlineData("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"x\", qop=auth, cnonce=\"c\", nc=-1")]
    [InlineData("Digest username=\"u\", username=\"v\", realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"x\"")]
    [InlineData("Digest username=\"u, realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"x\"")]
    public void Refuses_what_it_cannot_check(string text) => Assert.False(DigestCredentials.TryParse(text, out _));

    private static DigestChallenge Read(string text)
    {
        Assert.True(DigestChallenge.TryParse(text, out var challenge));
        return challenge;
    }
}
