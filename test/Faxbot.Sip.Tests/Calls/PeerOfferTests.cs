using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 14.2 and RFC 3311: changes of the session by the peer.</summary>
public class PeerOfferTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();

    [Fact]
    public void A_re_INVITE_is_reported_and_our_answer_repeated_until_the_ACK()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(100);
        Assert.Equal("their T.38", _peer.NextEvent<SipCallEvent.Offered>().Body!.Text);

        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        Assert.Equal("our T.38", Text(_peer.NextResponse(200)));
        Assert.Equal([0.5, 1.5], _peer.Wait(2 * Second).Select(moment => moment.TotalSeconds));
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Ack, 1));
        Assert.True(_peer.NextEvent<SipCallEvent.Acknowledged>().IsReinvite);
        _peer.Forget();
        Assert.Empty(_peer.Wait(60 * Second));
        Assert.Equal((WirePeer.OurFax, WirePeer.TheirFax), (call.LocalBody, call.RemoteBody));
        Assert.False(call.AnswerReinvite(WirePeer.OurFax, _peer.Now));
    }

    [Fact]
    public void A_refused_offer_leaves_the_session_as_it_was()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        _peer.Do(now => call.RejectReinvite(488, now, headers: [new SipHeader("Warning", "304 faxbot \"No T.38\"")]));

        Assert.Equal(304, _peer.NextResponse(488).Headers.Warnings[0].Code);
        Assert.Equal((SipCallState.Connected, WirePeer.TheirAudio), (call.State, call.RemoteBody));
    }

    [Fact]
    public void An_offer_while_ours_is_open_gets_491()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        var ours = _peer.NextRequest(SipMethod.Invite);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(491);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Update, 2, WirePeer.TheirFax));
        _peer.NextResponse(491);
        _peer.IsSilent();

        _peer.RespondWithBody(ours, 200, WirePeer.TheirFax);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.ReinviteAnswered>();
    }

    [Fact]
    public void An_offer_while_the_peers_own_is_open_gets_500_with_Retry_After()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 2, WirePeer.TheirFax));

        Assert.InRange(_peer.NextResponse(500).Headers.RetryAfter!.Delay.TotalSeconds, 0, 10);
        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        Assert.Equal(1u, _peer.NextResponse(200).CSeq.Number);
    }

    [Fact]
    public void An_offer_during_the_back_off_of_ours_is_taken_and_ours_follows_unless_abandoned()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 491);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.ReinviteDelayed>();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        Assert.Empty(_peer.Wait(10 * Second));

        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Ack, 1));
        _peer.NextEvent<SipCallEvent.Acknowledged>();
        _peer.NextRequest(SipMethod.Invite);
    }

    [Fact]
    public void A_request_out_of_order_gets_500_12_2_2()
    {
        var (_, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Info, 5));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 4, WirePeer.TheirFax));
        _peer.NextResponse(500);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Bye, 3));
        _peer.NextResponse(500);
        _peer.IsSilent();
    }

    [Fact]
    public void A_cancelled_re_INVITE_gets_487_and_is_withdrawn()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        var reinvite = _peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax);
        _peer.Receive(reinvite);
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        _peer.Receive(WirePeer.SameBranch(reinvite, SipMethod.Cancel, reinvite.To.Tag));

        Assert.Equal(SipMethod.Cancel, _peer.NextResponse(200).CSeq.Method);
        _peer.NextResponse(487);
        _peer.NextEvent<SipCallEvent.OfferWithdrawn>();
        Assert.False(call.AnswerReinvite(WirePeer.OurFax, _peer.Now));
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void The_same_description_again_is_a_refresh_and_answered_without_asking()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirAudio));

        Assert.Equal("our audio", Text(_peer.NextResponse(200)));
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Ack, 1));
        Assert.True(_peer.NextEvent<SipCallEvent.Acknowledged>().IsReinvite);
        _peer.IsSilent();
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void A_re_INVITE_without_an_offer_asks_for_ours_and_its_ACK_has_the_answer()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1));
        _peer.NextResponse(100);
        Assert.Null(_peer.NextEvent<SipCallEvent.Offered>().Body);
        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 2, WirePeer.TheirAudio));
        _peer.NextResponse(491);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Ack, 1, WirePeer.TheirFax));

        Assert.Equal("their T.38", _peer.NextEvent<SipCallEvent.Acknowledged>().Body!.Text);
        Assert.Equal(WirePeer.TheirFax, call.RemoteBody);
    }

    [Fact]
    public void A_re_INVITE_that_overtakes_the_ACK_is_taken_RFC_5407_3_1_4()
    {
        _peer.Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.NextResponse(100);
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        var ok = _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Invite, 2, WirePeer.TheirFax));
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Ack, 2));
        Assert.True(_peer.NextEvent<SipCallEvent.Acknowledged>().IsReinvite);
        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Ack, 1));
        Assert.False(_peer.NextEvent<SipCallEvent.Acknowledged>().IsReinvite);
    }

    [Fact]
    public void An_answer_that_nobody_acknowledges_ends_the_call_with_a_BYE()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));
        _peer.Wait(31.9 * Second);
        _peer.Forget();
        _peer.Wait(0.1 * Second);

        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);
        Assert.Equal(SipEndCause.NoAck, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void An_UPDATE_with_a_body_is_an_offer_and_without_one_a_refresh_RFC_3311()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Update, 1));
        Assert.True(_peer.NextResponse(200).Body.IsEmpty);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Update, 2, WirePeer.TheirFax));
        Assert.Equal(SipMethod.Update, _peer.NextEvent<SipCallEvent.Offered>().Request.Method);
        _peer.Do(now => call.AnswerReinvite(WirePeer.OurFax, now));

        Assert.Equal("our T.38", Text(_peer.NextResponse(200)));
        Assert.Empty(_peer.Wait(60 * Second));
        _peer.IsSilent();
    }

    [Fact]
    public void BYE_ends_the_call_and_an_open_offer_gets_487_15_1_2()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Invite, 1, WirePeer.TheirFax));
        _peer.NextResponse(100);
        _peer.NextEvent<SipCallEvent.Offered>();
        var bye = _peer.CreateWithin(invite, SipMethod.Bye, 2);
        bye.Headers.Add("Reason", "Q.850;cause=16");
        _peer.Receive(bye);

        _peer.NextResponse(200);
        Assert.Equal(1u, _peer.NextResponse(487).CSeq.Number);
        var ended = _peer.NextEvent<SipCallEvent.Ended>();
        Assert.Equal((SipEndCause.Remote, 16), (ended.Cause, ended.Reasons[0].Cause));
        _peer.Receive(bye);
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Bye, 3));
        _peer.NextResponse(481);
        Assert.False(call.HangUp(_peer.Now));
    }

    [Fact]
    public void INFO_is_a_sign_of_life_and_no_more_RFC_6086()
    {
        var (_, invite) = _peer.EstablishOutgoing();
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Info, 1));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Info, 2, new SipBody("Signal=1"u8.ToArray(), "application/dtmf-relay")));
        _peer.NextResponse(415);
        var package = _peer.CreateWithin(invite, SipMethod.Info, 3);
        package.Headers.Add("Info-Package", "foo");
        _peer.Receive(package);
        _peer.NextResponse(469);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Options, 4));
        Assert.Contains("UPDATE", _peer.NextResponse(200).Headers.Allow!);
    }

    private static string Text(SipMessage message) => System.Text.Encoding.UTF8.GetString(message.Body.Span);
}
