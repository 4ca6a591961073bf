using Faxbot.Sip.Auth;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 22: challenges to the requests of a call.</summary>
public class DigestCallTests
{
    private static readonly SipCredentials Credentials = new("user", "secret");
    private readonly WirePeer _peer = new();

    [Fact]
    public void A_challenged_INVITE_is_sent_again_with_credentials_and_the_next_number()
    {
        var (first, second) = StartChallenged("one");

        Assert.Equal((first.CallId, first.From, first.CSeq.Number + 1), (second.CallId, second.From, second.CSeq.Number));
        Assert.NotEqual(first.TopVia.Branch, second.TopVia.Branch);
        Assert.Null(second.To.Tag);
        var answer = Assert.Single(second.Headers.Authorization);
        Assert.True(answer.IsProofOf("secret", SipMethod.Invite, default));
        Assert.Equal(second.RequestUri.ToString(), answer.Uri);
        _peer.IsSilent();
    }

    [Fact]
    public void The_ACK_has_the_credentials_of_the_INVITE_and_later_requests_are_signed_with_a_higher_count()
    {
        var (_, second) = StartChallenged("one");
        _peer.RespondWithBody(second, 200, WirePeer.TheirAudio);

        var ack = _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(second.Headers[SipHeaderNames.Authorization], ack.Headers[SipHeaderNames.Authorization]);
        var call = _peer.NextEvent<SipCallEvent.Answered>().Call;
        _peer.Do(now => call.HangUp(now));
        var answer = Assert.Single(_peer.NextRequest(SipMethod.Bye).Headers.Authorization);
        Assert.Equal(2u, answer.NonceCount);
        Assert.True(answer.IsProofOf("secret", SipMethod.Bye, default));
    }

    [Theory]
    [InlineData("one", false)]
    [InlineData("one", true)]
    [InlineData("two", false)]
    public void A_second_refusal_means_a_wrong_password(string nonce, bool stale)
    {
        var (_, second) = StartChallenged("one");
        _peer.Respond(second, 401, response => Challenge(response, nonce, stale));

        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(401, _peer.NextEvent<SipCallEvent.Failed>().Failure.Status);
        _peer.IsSilent();
    }

    [Fact]
    public void A_stale_nonce_is_replaced_without_asking_but_not_for_ever()
    {
        var (_, request) = StartChallenged("nonce0");
        var tries = 2;
        for (; _peer.SentCount == 0 && tries < 20; tries++)
        {
            _peer.Respond(request, 401, response => Challenge(response, $"nonce{tries}", stale: true));
            _peer.NextRequest(SipMethod.Ack);
            if (_peer.SentCount == 0)
            {
                break;
            }

            request = _peer.NextRequest(SipMethod.Invite);
            Assert.Equal($"nonce{tries}", request.Headers.Authorization[0].Nonce);
        }

        Assert.Equal(5, tries);
        _peer.NextEvent<SipCallEvent.Failed>();
    }

    [Fact]
    public void Proxy_and_server_are_answered_side_by_side()
    {
        _peer.Call(invite => invite with { Credentials = Credentials });
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 407, response =>
            response.Headers.Add("Proxy-Authenticate", "Digest realm=\"proxy\", nonce=\"p\", qop=\"auth\""));
        _peer.NextRequest(SipMethod.Ack);
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 401, response => Challenge(response, "s"));
        _peer.NextRequest(SipMethod.Ack);

        var third = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal("p", Assert.Single(third.Headers.ProxyAuthorization).Nonce);
        Assert.Equal("s", Assert.Single(third.Headers.Authorization).Nonce);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other")]
    public void Without_credentials_for_the_realm_the_challenge_is_the_failure(string? realm)
    {
        _peer.Call(invite => invite with { Credentials = realm is null ? null : Credentials with { Realm = realm } });
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 401, response => Challenge(response, "one"));

        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(401, _peer.NextEvent<SipCallEvent.Failed>().Failure.Status);
    }

    [Fact]
    public void A_BYE_whose_nonce_ran_out_is_signed_anew_even_when_the_server_does_not_say_stale()
    {
        var (_, second) = StartChallenged("one");
        _peer.RespondWithBody(second, 200, WirePeer.TheirAudio);
        _peer.NextRequest(SipMethod.Ack);
        var call = _peer.NextEvent<SipCallEvent.Answered>().Call;
        _peer.Do(now => call.HangUp(now));

        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 401, response => Challenge(response, "fresh"));

        var again = _peer.NextRequest(SipMethod.Bye);
        Assert.Equal(("fresh", 1u), (again.Headers.Authorization[0].Nonce, again.Headers.Authorization[0].NonceCount));
        _peer.Respond(again, 200);
        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void We_can_challenge_a_caller_and_its_next_try_is_a_new_call()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        _peer.Receive(invite);
        _peer.NextResponse(100);
        var challenge = new DigestChallenge("faxbot", "n1") { Qop = DigestQop.Auth };
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;
        _peer.Do(now => call.Challenge(challenge, now));
        var refusal = _peer.NextResponse(401);
        Assert.Equal("n1", Assert.Single(refusal.Headers.WwwAuthenticate).Nonce);
        _peer.NextEvent<SipCallEvent.Ended>();
        _peer.Receive(WirePeer.SameBranch(invite, SipMethod.Ack, refusal.To.Tag));

        var again = invite.Clone();
        again.TopVia = _peer.NewVia();
        again.CSeq = new SipCSeq(2, SipMethod.Invite);
        again.Headers.Add("Authorization", DigestCredentials.Answer(
            challenge, "user", "secret", SipMethod.Invite, again.RequestUri.ToString(), "c").ToString());
        _peer.Receive(again);

        _peer.NextResponse(100);
        Assert.True(_peer.NextEvent<SipCallEvent.Incoming>().Request.Headers.Authorization[0].IsProofOf("secret", SipMethod.Invite, default));
    }

    private static void Challenge(SipResponse response, string nonce, bool stale = false) => response.Headers.Add(
        "WWW-Authenticate", $"Digest realm=\"trunk\", nonce=\"{nonce}\", qop=\"auth\", algorithm=MD5{(stale ? ", stale=true" : "")}");

    private (SipRequest First, SipRequest Second) StartChallenged(string nonce)
    {
        _peer.Call(invite => invite with { Credentials = Credentials });
        var first = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(first, 401, response => Challenge(response, nonce));
        Assert.Equal(first.TopVia.Branch, _peer.NextRequest(SipMethod.Ack).TopVia.Branch);
        return (first, _peer.NextRequest(SipMethod.Invite));
    }
}
