using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

public class IncomingCallTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();

    [Fact]
    public void An_INVITE_gets_100_at_once_and_is_reported_with_its_offer()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        Assert.Equal(SipInputResult.Handled, _peer.Receive(invite));

        Assert.Null(_peer.NextResponse(100).To.Tag);
        var incoming = _peer.NextEvent<SipCallEvent.Incoming>();
        Assert.Equal(("their audio", invite.CallId, false), (incoming.Body!.Text, incoming.Call.CallId, incoming.Call.IsOutgoing));
        Assert.Equal(("them", SipCallState.Early), (incoming.Call.RemoteTag, incoming.Call.State));
        _peer.IsSilent();
    }

    [Fact]
    public void Ringing_makes_an_early_dialog_and_a_repeated_INVITE_gets_it_again()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Add("Record-Route", "<sip:proxy.example;lr>");
        var call = Receive(invite);
        _peer.Do(now => call.Ring(now));

        var ringing = _peer.NextResponse(180);
        Assert.Equal(call.LocalTag, ringing.To.Tag);
        Assert.Equal("sip:+15550100@192.0.2.1:5060", ringing.Headers.Contact!.Uri.ToString());
        Assert.Equal(["<sip:proxy.example;lr>"], ringing.Headers.GetAll("Record-Route"));
        _peer.Receive(invite);
        Assert.Equal(ringing.ToArray(), _peer.NextResponse(180).ToArray());
        _peer.IsSilent();
    }

    [Fact]
    public void Ringing_is_repeated_each_minute_13_3_1_1()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Ring(now));
        _peer.Forget();

        Assert.Equal([60.0, 120.0], _peer.Wait(130 * Second).Select(moment => moment.TotalSeconds));
        _peer.NextResponse(180);
    }

    [Fact]
    public void A_200_is_repeated_until_its_ACK_and_then_BYE_says_that_none_came()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        var ok = _peer.NextResponse(200);
        Assert.Equal(SipCallState.Connected, call.State);
        Assert.Equal("our audio", System.Text.Encoding.UTF8.GetString(ok.Body.Span));

        var moments = _peer.Wait(31.9 * Second);
        Assert.Equal([0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], moments.Select(moment => moment.TotalSeconds));
        Assert.All(moments, _ => Assert.Equal(ok.ToArray(), _peer.NextResponse(200).ToArray()));
        _peer.Wait(0.1 * Second);
        var bye = _peer.NextRequest(SipMethod.Bye);
        _peer.IsSilent();
        _peer.Respond(bye, 481);
        Assert.Equal(SipEndCause.NoAck, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void The_ACK_ends_the_repetition_and_is_reported_once()
    {
        var (_, ok) = _peer.EstablishIncoming();
        Assert.Equal(SipInputResult.Stray, _peer.Receive(_peer.CreateWithin(ok, SipMethod.Ack, 1)));

        Assert.Empty(_peer.Wait(60 * Second));
        _peer.IsSilent();
    }

    [Fact]
    public void Without_an_offer_in_the_INVITE_the_answer_comes_with_the_ACK()
    {
        var call = Receive(_peer.CreateInvite());
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        _peer.Receive(_peer.CreateWithin(_peer.NextResponse(200), SipMethod.Ack, 1, WirePeer.TheirAudio));

        Assert.Equal("their audio", _peer.NextEvent<SipCallEvent.Acknowledged>().Body!.Text);
        Assert.Equal("their audio", call.RemoteBody!.Text);
    }

    [Fact]
    public void A_hang_up_between_200_and_ACK_waits_for_the_ACK_15()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        var ok = _peer.NextResponse(200);
        _peer.Do(now => call.HangUp(now));
        _peer.IsSilent();

        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Ack, 1));
        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);

        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
        _peer.IsSilent();
    }

    [Fact]
    public void A_refusal_is_repeated_until_its_ACK()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        var call = Receive(invite);
        _peer.Do(now => call.Reject(486, now, "On fax", [new SipHeader("Reason", "Q.850;cause=17")]));

        var busy = _peer.NextResponse(486);
        Assert.Equal(("On fax", 17), (busy.Reason, busy.Headers.Q850Cause));
        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
        Assert.Equal([0.5, 1.5], _peer.Wait(2 * Second).Select(moment => moment.TotalSeconds));
        Assert.False(_peer.Agent.IsIdle);
        _peer.Forget();
        _peer.Receive(WirePeer.SameBranch(invite, SipMethod.Ack, busy.To.Tag));
        Assert.True(_peer.Agent.IsIdle);
        Assert.Empty(_peer.Wait(60 * Second));
        Assert.False(call.Answer(WirePeer.OurAudio, _peer.Now));
    }

    [Fact]
    public void A_refusal_nobody_acknowledges_is_forgotten_after_64_T1()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Reject(480, now));
        _peer.Wait(33 * Second);

        Assert.Equal(0, _peer.Agent.TransactionCount);
    }

    [Fact]
    public void CANCEL_is_answered_200_and_its_INVITE_487_with_one_tag()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        var call = Receive(invite);
        var cancel = WirePeer.SameBranch(invite, SipMethod.Cancel);
        cancel.Headers.Add("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"");
        _peer.Receive(cancel);

        var ok = _peer.NextResponse(200);
        Assert.Equal(SipMethod.Cancel, ok.CSeq.Method);
        Assert.Equal((call.LocalTag, call.LocalTag), (ok.To.Tag, _peer.NextResponse(487).To.Tag));
        Assert.Equal(200, _peer.NextEvent<SipCallEvent.Cancelled>().Reasons[0].Cause);
        Assert.False(call.Answer(WirePeer.OurAudio, _peer.Now));
        _peer.IsSilent();
    }

    [Fact]
    public void CANCEL_after_the_answer_has_no_effect()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        var call = Receive(invite);
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        _peer.NextResponse(200);
        _peer.Receive(WirePeer.SameBranch(invite, SipMethod.Cancel));

        Assert.Equal(SipMethod.Cancel, _peer.NextResponse(200).CSeq.Method);
        _peer.IsSilent();
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void CANCEL_of_nothing_is_answered_481()
    {
        _peer.Receive(WirePeer.SameBranch(_peer.CreateInvite(), SipMethod.Cancel));
        _peer.NextResponse(481);
        _peer.IsSilent();
    }

    [Fact]
    public void BYE_in_the_early_dialog_ends_it_like_CANCEL_15_1_2()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Ring(now));
        _peer.Receive(_peer.CreateWithin(_peer.NextResponse(180), SipMethod.Bye, 2));

        _peer.NextResponse(200);
        _peer.NextResponse(487);
        _peer.NextEvent<SipCallEvent.Cancelled>();
        _peer.IsSilent();
    }

    [Fact]
    public void An_offer_before_the_first_is_answered_gets_500_with_Retry_After()
    {
        var call = Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.Do(now => call.Ring(now));
        var ringing = _peer.NextResponse(180);
        _peer.Receive(_peer.CreateWithin(ringing, SipMethod.Invite, 2, WirePeer.TheirFax));

        Assert.InRange(_peer.NextResponse(500).Headers.RetryAfter!.Delay.TotalSeconds, 0, 10);
        _peer.Receive(_peer.CreateWithin(ringing, SipMethod.Update, 3));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(ringing, SipMethod.Info, 2));
        _peer.NextResponse(500);
    }

    [Fact]
    public void Calls_beyond_the_limit_get_503_with_Retry_After()
    {
        var peer = new WirePeer(options => options with { MaxCalls = 1 });
        peer.Receive(peer.CreateInvite(WirePeer.TheirAudio));
        peer.Forget();
        peer.Receive(peer.CreateInvite(WirePeer.TheirAudio));

        Assert.InRange(peer.NextResponse(503).Headers.RetryAfter!.Delay.TotalSeconds, 5, 10);
        peer.IsSilent();
        Assert.Equal(1, peer.Agent.CallCount);
    }

    private SipCall Receive(SipRequest invite)
    {
        _peer.Receive(invite);
        _peer.NextResponse(100);
        return _peer.NextEvent<SipCallEvent.Incoming>().Call;
    }
}
