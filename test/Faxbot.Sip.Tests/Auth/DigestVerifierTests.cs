using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Auth;

public sealed class DigestVerifierTests
{
    private const string Password = "s3cret";
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DigestVerifier Verifier = new("fax.example", "0123456789abcdef"u8, TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(DigestAlgorithm.Md5)]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512Slash256Session)]
    public void Accepts_the_answer_to_its_own_challenge(DigestAlgorithm algorithm)
    {
        Assert.True(DigestChallenge.TryParse(Verifier.CreateChallenge(Now, algorithm).ToString(), out var challenge));
        Assert.Equal(DigestVerdict.Accepted, Check(Answer(challenge)));
    }

    [Fact]
    public void Refuses_a_wrong_password_and_an_unknown_user_alike()
    {
        var challenge = Verifier.CreateChallenge(Now);

        Assert.Equal(DigestVerdict.WrongPassword, Check(Answer(challenge, "guess")));
        Assert.Equal(DigestVerdict.WrongPassword, Verifier.Check(Answer(challenge, ""), null, SipMethod.Register, default, Now));
    }

    [Fact]
    public void An_old_nonce_is_stale_only_for_one_who_knows_the_password()
    {
        var old = Verifier.CreateChallenge(Now - TimeSpan.FromMinutes(6));

        Assert.Equal(DigestVerdict.StaleNonce, Check(Answer(old)));
        Assert.Equal(DigestVerdict.WrongPassword, Check(Answer(old, "guess")));
        Assert.True(Verifier.CreateChallenge(Now, stale: true).IsStale);
        Assert.Equal(DigestVerdict.StaleNonce, Check(Answer(Verifier.CreateChallenge(Now + TimeSpan.FromHours(1)))));
    }

    [Fact]
    public void A_nonce_that_it_did_not_make_is_foreign()
    {
        var challenge = Verifier.CreateChallenge(Now);
        var forged = (challenge.Nonce[0] == '0' ? '1' : '0') + challenge.Nonce[1..];
        var other = new DigestVerifier("fax.example", "another secret!!"u8, TimeSpan.FromMinutes(5));

        foreach (var nonce in (string[])[forged, "", "zz", new string('g', 48), other.CreateChallenge(Now).Nonce, challenge.Nonce + "00"])
        {
            Assert.Equal(DigestVerdict.ForeignNonce, Check(Answer(challenge with { Nonce = nonce })));
        }
    }

    [Fact]
    public void The_algorithm_cannot_be_weakened()
    {
        var strong = Verifier.CreateChallenge(Now, DigestAlgorithm.Sha256);

        Assert.Equal(DigestVerdict.ForeignNonce, Check(Answer(strong with { Algorithm = DigestAlgorithm.Md5 })));
        Assert.Equal(DigestVerdict.ForeignNonce, Check(Answer(strong with { Qop = DigestQop.None })));
    }

    [Fact]
    public void Credentials_of_another_realm_are_told_apart() =>
        Assert.Equal(DigestVerdict.WrongRealm, Check(Answer(Verifier.CreateChallenge(Now) with { Realm = "other" })));

    [Fact]
    public void A_short_secret_is_an_error_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DigestVerifier("r", "short"u8, TimeSpan.FromMinutes(1)));

    private static DigestCredentials Answer(DigestChallenge challenge, string password = Password) =>
        DigestCredentials.Answer(challenge, "ward", password, SipMethod.Register, "sip:fax.example", "c0ffee");

    private static DigestVerdict Check(DigestCredentials credentials) => Verifier.Check(credentials, Password, SipMethod.Register, default, Now);
}
