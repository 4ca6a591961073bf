using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 14: changes of the session by us.</summary>
public class ReinviteTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();

    [Fact]
    public void A_re_INVITE_goes_to_the_remote_target_with_the_next_number_and_its_answer_is_acknowledged()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));

        var reinvite = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal($"sip:gw@{WirePeer.Them}", reinvite.RequestUri.ToString());
        Assert.Equal((invite.CSeq.Number + 1, "them", invite.From.Tag), (reinvite.CSeq.Number, reinvite.To.Tag, reinvite.From.Tag));
        _peer.Respond(reinvite, 100);
        var ok = _peer.RespondWithBody(reinvite, 200, WirePeer.TheirFax);
        Assert.Equal(reinvite.CSeq.Number, _peer.NextRequest(SipMethod.Ack).CSeq.Number);
        Assert.Equal("their T.38", _peer.NextEvent<SipCallEvent.ReinviteAnswered>().Body!.Text);
        Assert.Equal((WirePeer.OurFax, WirePeer.TheirFax), (call.LocalBody, call.RemoteBody));

        _peer.Receive(ok);
        _peer.NextRequest(SipMethod.Ack);
        _peer.IsSilent();
    }

    [Fact]
    public void A_changed_Contact_in_the_answer_is_the_new_target()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 200, ok => ok.Headers.Contact = new SipNameAddr(SipUri.Parse("sip:fax@203.0.113.8:5090")));

        Assert.Equal("sip:fax@203.0.113.8:5090", _peer.NextRequest(SipMethod.Ack).RequestUri.ToString());
        Assert.Equal("203.0.113.8:5090", _peer.LastRemote.ToString());
    }

    [Theory]
    [InlineData(488)]
    [InlineData(606)]
    [InlineData(415)]
    [InlineData(503)]
    public void A_refused_re_INVITE_leaves_the_session_as_it_was(int status)
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), status);

        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(status, _peer.NextEvent<SipCallEvent.ReinviteFailed>().Failure.Status);
        Assert.Equal((SipCallState.Connected, WirePeer.OurAudio), (call.State, call.LocalBody));
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.NextRequest(SipMethod.Invite);
    }

    [Fact]
    public void A_481_says_that_the_dialog_is_gone_12_2_1_2()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 481);

        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.ReinviteFailed>();
        Assert.Equal(SipEndCause.DialogLost, _peer.NextEvent<SipCallEvent.Ended>().Cause);
        _peer.IsSilent();
    }

    [Fact]
    public void A_408_or_silence_ends_the_dialog_with_a_BYE_12_2_1_2()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Forget();
        _peer.Wait(32 * Second);

        Assert.Equal(SipFailureOrigin.NoResponse, _peer.NextEvent<SipCallEvent.ReinviteFailed>().Failure.Origin);
        while (_peer.SentCount > 1)
        {
            _peer.NextRequest(SipMethod.Invite);
        }

        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);
        Assert.Equal(SipEndCause.DialogLost, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void A_re_INVITE_without_final_response_is_cancelled_and_the_session_stays_on_487()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        var reinvite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(reinvite, 100);
        _peer.Wait(32 * Second);

        _peer.Respond(_peer.NextRequest(SipMethod.Cancel), 200);
        _peer.Respond(reinvite, 487);
        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(SipFailureOrigin.NoAnswer, _peer.NextEvent<SipCallEvent.ReinviteFailed>().Failure.Origin);
        Assert.Equal(SipCallState.Connected, call.State);
        _peer.IsSilent();
    }

    [Fact]
    public void A_re_INVITE_that_even_CANCEL_does_not_end_takes_the_call_with_it()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 100);
        _peer.Wait(32 * Second);
        _peer.Respond(_peer.NextRequest(SipMethod.Cancel), 200);
        _peer.Wait(32 * Second);

        _peer.NextEvent<SipCallEvent.ReinviteFailed>();
        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);
        Assert.Equal(SipEndCause.DialogLost, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void After_491_the_caller_waits_2_1_to_4_seconds_14_1()
    {
        var (call, _) = _peer.EstablishOutgoing();
        CheckBackOff(call, 2.1, 4.0);
    }

    [Fact]
    public void After_491_the_callee_waits_up_to_2_seconds_14_1()
    {
        var (call, _) = _peer.EstablishIncoming();
        CheckBackOff(call, 0, 2.0);
    }

    [Fact]
    public void After_500_with_Retry_After_the_re_INVITE_is_sent_again_in_that_time()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 500, response => response.Headers.Add("Retry-After", "3"));
        _peer.NextRequest(SipMethod.Ack);

        Assert.Equal(3 * Second, _peer.NextEvent<SipCallEvent.ReinviteDelayed>().Delay);
        Assert.Equal([3.0, 3.5], _peer.Wait(3.5 * Second).Select(moment => moment.TotalSeconds));
    }

    [Fact]
    public void Glare_without_end_fails_the_re_INVITE_in_the_end()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        for (var i = 0; i < 5; i++)
        {
            _peer.Respond(_peer.NextRequest(SipMethod.Invite), 491);
            _peer.NextRequest(SipMethod.Ack);
            _peer.Wait(_peer.NextEvent<SipCallEvent.ReinviteDelayed>().Delay);
        }

        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 491);
        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(491, _peer.NextEvent<SipCallEvent.ReinviteFailed>().Failure.Status);
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void A_delayed_re_INVITE_can_be_abandoned()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        Assert.False(call.AbandonReinvite());
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 491);
        _peer.Forget();

        Assert.True(call.AbandonReinvite());
        Assert.False(call.AbandonReinvite());
        Assert.Empty(_peer.Wait(20 * Second));
        _peer.IsSilent();
    }

    [Fact]
    public void A_second_re_INVITE_is_refused_while_the_first_is_open()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        Assert.False(call.Reinvite(WirePeer.OurAudio, _peer.Now));
    }

    [Fact]
    public void A_re_INVITE_waits_until_our_200_is_acknowledged_14_1()
    {
        _peer.Receive(_peer.CreateInvite(WirePeer.TheirAudio));
        _peer.NextResponse(100);
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));
        var ok = _peer.NextResponse(200);
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        _peer.IsSilent();

        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Ack, 1));
        _peer.NextEvent<SipCallEvent.Acknowledged>();
        _peer.NextRequest(SipMethod.Invite);
    }

    [Fact]
    public void A_hang_up_during_a_re_INVITE_sends_BYE_and_still_acknowledges_a_late_200()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        var reinvite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(reinvite, 100);
        _peer.Do(now => call.HangUp(now));
        var bye = _peer.NextRequest(SipMethod.Bye);
        _peer.RespondWithBody(reinvite, 200, WirePeer.TheirFax);
        _peer.NextRequest(SipMethod.Ack);
        _peer.Respond(bye, 200);

        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
        _peer.IsSilent();
    }

    [Fact]
    public void BYEs_that_cross_end_the_call_once()
    {
        var (call, invite) = _peer.EstablishOutgoing();
        _peer.Do(now => call.HangUp(now));
        var bye = _peer.NextRequest(SipMethod.Bye);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Bye, 1));

        _peer.NextResponse(200);
        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
        _peer.Respond(bye, 481);
        _peer.IsSilent();
    }

    [Fact]
    public void A_BYE_that_nobody_answers_ends_the_call_after_64_T1()
    {
        var (call, _) = _peer.EstablishOutgoing();
        _peer.Do(now => call.HangUp(now));
        _peer.Forget();

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], _peer.Wait(40 * Second).Select(moment => moment.TotalSeconds));
        Assert.Equal(SipEndCause.Local, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    private void CheckBackOff(SipCall call, double from, double to)
    {
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        var first = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(first, 491);
        _peer.NextRequest(SipMethod.Ack);
        var delay = _peer.NextEvent<SipCallEvent.ReinviteDelayed>().Delay;
        Assert.InRange(delay.TotalSeconds, from, to);
        Assert.Equal(0, delay.Ticks % TimeSpan.FromMilliseconds(10).Ticks);
        Assert.Empty(_peer.Wait(delay - TimeSpan.FromMilliseconds(1)));
        _peer.Wait(TimeSpan.FromMilliseconds(1));

        var second = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal(first.CSeq.Number + 1, second.CSeq.Number);
        _peer.RespondWithBody(second, 200, WirePeer.TheirFax);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.ReinviteAnswered>();
    }
}
