using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 9 from the caller's side.</summary>
public class CancelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();

    [Fact]
    public void CANCEL_repeats_branch_URI_and_number_of_the_INVITE_and_487_ends_the_call()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 180);
        _peer.NextEvent<SipCallEvent.Provisional>();

        _peer.Do(now => call.HangUp(now, new SipReason("SIP", 487, null)));

        var cancel = _peer.NextRequest(SipMethod.Cancel);
        Assert.Equal((invite.TopVia.Branch, invite.RequestUri, invite.CSeq.Number), (cancel.TopVia.Branch, cancel.RequestUri, cancel.CSeq.Number));
        Assert.Null(cancel.To.Tag);
        Assert.Equal(487, cancel.Headers.Reasons[0].Cause);
        Assert.Equal(SipCallState.Ending, call.State);
        _peer.Respond(cancel, 200);
        _peer.IsSilent();
        _peer.Respond(invite, 487);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Cancelled>();
        Assert.False(call.HangUp(_peer.Now));
    }

    [Fact]
    public void CANCEL_waits_for_the_first_provisional_response()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);

        _peer.Do(now => call.HangUp(now));
        _peer.IsSilent();
        _peer.Respond(invite, 100);
        _peer.NextRequest(SipMethod.Cancel);
        _peer.Respond(invite, 180);

        _peer.IsSilent();
    }

    [Fact]
    public void A_call_given_up_before_any_response_ends_as_cancelled_when_none_comes()
    {
        var call = _peer.Call();
        _peer.Do(now => call.HangUp(now));
        _peer.Wait(40 * Second);

        _peer.NextEvent<SipCallEvent.Cancelled>();
        Assert.All(Enumerable.Range(0, _peer.SentCount), _ => _peer.NextRequest(SipMethod.Invite));
    }

    [Fact]
    public void A_200_that_crosses_the_CANCEL_is_acknowledged_and_hung_up()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 180);
        _peer.NextEvent<SipCallEvent.Provisional>();
        _peer.Do(now => call.HangUp(now));
        _peer.NextRequest(SipMethod.Cancel);

        _peer.RespondWithBody(invite, 200, WirePeer.TheirAudio);

        _peer.NextRequest(SipMethod.Ack);
        var bye = _peer.NextRequest(SipMethod.Bye);
        _peer.IsSilent();
        _peer.Respond(bye, 200);
        _peer.NextEvent<SipCallEvent.Cancelled>();
        Assert.Equal(0, _peer.Agent.CallCount);
    }

    [Fact]
    public void A_final_response_other_than_487_after_CANCEL_still_means_cancelled()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 100);
        _peer.Do(now => call.HangUp(now));
        _peer.NextRequest(SipMethod.Cancel);

        _peer.Respond(invite, 486);

        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Cancelled>();
    }

    [Fact]
    public void An_INVITE_without_a_final_response_is_given_up_64_T1_after_its_CANCEL()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 100);
        _peer.Do(now => call.HangUp(now));
        _peer.Respond(_peer.NextRequest(SipMethod.Cancel), 200);

        _peer.Wait(31 * Second);
        _peer.IsSilent();
        _peer.Wait(2 * Second);

        _peer.NextEvent<SipCallEvent.Cancelled>();
        _peer.Receive(invite.CreateResponse(200, toTag: "late"));
        _peer.IsSilent();
        Assert.True(_peer.Agent.IsIdle);
    }

    [Fact]
    public void Nobody_answers_within_the_ring_timeout_so_the_call_is_cancelled_and_fails_with_408()
    {
        _peer.Call(invite => invite with { RingTimeout = 45 * Second });
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 180);
        _peer.NextEvent<SipCallEvent.Provisional>();

        Assert.Equal(45 * Second, Assert.Single(_peer.Wait(45 * Second)));
        _peer.Respond(_peer.NextRequest(SipMethod.Cancel), 200);
        _peer.Respond(invite, 487);

        _peer.NextRequest(SipMethod.Ack);
        var failure = _peer.NextEvent<SipCallEvent.Failed>().Failure;
        Assert.Equal((SipFailureOrigin.NoAnswer, 408), (failure.Origin, failure.Status));
    }
}
