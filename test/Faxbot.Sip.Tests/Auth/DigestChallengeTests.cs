using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Auth;

public sealed class DigestChallengeTests
{
    [Fact]
    public void Reads_all_parts_whatever_their_case_order_and_quotes()
    {
        Assert.True(DigestChallenge.TryParse(
            "  digest  NONCE = \"a,b\\\"c\" ,qop=auth,, Stale=TRUE,domain=\"sip:a sip:b\", algorithm=\"sha-256\",opaque=bare,realm=\"r\", x=y", out var challenge));

        Assert.Equal(
            new DigestChallenge("r", "a,b\"c")
            {
                Qop = DigestQop.Auth,
                IsStale = true,
                Domain = "sip:a sip:b",
                Algorithm = DigestAlgorithm.Sha256,
                NamesAlgorithm = true,
                Opaque = "bare",
            },
            challenge);
        Assert.True(DigestChallenge.TryParse(challenge.ToString(), out var again));
        Assert.Equal(challenge, again);
    }

    [Theory]
    [InlineData("Basic realm=\"r\"")]
    [InlineData("Digest nonce=\"n\"")]
    [InlineData("Digest realm=\"r\"")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", algorithm=MD6")]
    [InlineData("Digest realm=\"r\", nonce=\"n\", qop=\"conf\"")]
    [InlineData("Digest realm=\"r\", nonce=\"n")]
    [InlineData("Digest realm")]
    [InlineData("")]
    public void Passes_over_what_it_cannot_answer(string text) => Assert.False(DigestChallenge.TryParse(text, out _));

    [Fact]
    public void A_field_with_countless_parameters_is_refused() =>
        Assert.False(DigestChallenge.TryParse("Digest realm=\"r\", nonce=\"n\"" + string.Concat(Enumerable.Range(0, 100).Select(i => $", p{i}=1")), out _));

    [Fact]
    public void The_strongest_of_several_challenges_is_chosen_and_the_first_of_equals()
    {
        var response = new SipResponse(401);
        response.Headers.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"1\"");
        response.Headers.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"2\", algorithm=SHA-256");
        response.Headers.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"3\", algorithm=SHA-256");
        response.Headers.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"4\", algorithm=SHA3-999");
        response.Headers.Add("WWW-Authenticate", "Digest realm=\"b\", nonce=\"5\", algorithm=SHA-512-256");

        Assert.Equal("5", DigestChallenge.ChooseStrongest(response.Headers.WwwAuthenticate)!.Nonce);
        Assert.Equal("2", DigestChallenge.ChooseStrongest(response.Headers.WwwAuthenticate, "a")!.Nonce);
        Assert.Null(DigestChallenge.ChooseStrongest(response.Headers.WwwAuthenticate, "c"));
        Assert.Null(DigestChallenge.ChooseStrongest(response.Headers.ProxyAuthenticate));
    }
}
