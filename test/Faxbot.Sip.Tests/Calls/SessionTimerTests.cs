using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 4028, as the peers of a trunk use it.</summary>
public class SessionTimerTests
{
    private readonly WirePeer _peer = new();

    [Fact]
    public void As_the_refresher_that_Asterisk_makes_us_we_repeat_our_description_at_half_time()
    {
        var (call, invite) = Establish("1800;refresher=uac");
        Assert.Empty(_peer.Wait(TimeSpan.FromSeconds(899)));
        Assert.Single(_peer.Wait(TimeSpan.FromSeconds(1)));

        var refresh = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal(("1800;refresher=uac", invite.CSeq.Number + 1), (refresh.Headers["Session-Expires"], refresh.CSeq.Number));
        Assert.True(refresh.Body.Span.SequenceEqual(WirePeer.OurAudio.Bytes.Span));
        Accept(refresh, "1800;refresher=uac");
        _peer.NextRequest(SipMethod.Ack);
        _peer.IsSilent();
        Assert.Equal(TimeSpan.FromSeconds(900), Assert.Single(_peer.Wait(TimeSpan.FromSeconds(900))));
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void Any_re_INVITE_of_ours_refreshes_and_carries_the_roles_on()
    {
        var (call, _) = Establish("1800;refresher=uas");
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        Assert.Equal("1800;refresher=uas", _peer.NextRequest(SipMethod.Invite).Headers["Session-Expires"]);
    }

    [Fact]
    public void A_session_that_the_peer_does_not_refresh_is_hung_up_shortly_before_it_expires_10()
    {
        Establish("1800;refresher=uas");
        Assert.Empty(_peer.Wait(TimeSpan.FromSeconds(1767)));
        Assert.Single(_peer.Wait(TimeSpan.FromSeconds(1)));

        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);
        Assert.Equal(SipEndCause.SessionExpired, _peer.NextEvent<SipCallEvent.Ended>().Cause);
    }

    [Fact]
    public void The_refresh_of_the_peer_starts_the_time_anew()
    {
        var (_, invite) = Establish("1800;refresher=uas");
        _peer.Wait(TimeSpan.FromSeconds(900));
        var update = _peer.CreateWithin(invite, SipMethod.Update, 1);
        update.Headers.Add("Session-Expires", "1800;refresher=uac");
        update.Headers.Add("Supported", "timer");
        _peer.Receive(update);

        var ok = _peer.NextResponse(200);
        Assert.Equal("1800;refresher=uac", ok.Headers["Session-Expires"]);
        Assert.Equal(["timer"], ok.Headers.Require);
        Assert.Empty(_peer.Wait(TimeSpan.FromSeconds(1700)));
    }

    [Fact]
    public void A_422_to_a_refresh_is_met_with_the_interval_that_it_asks_for()
    {
        Establish("100;refresher=uac");
        _peer.Wait(TimeSpan.FromSeconds(50));
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 422, response => response.Headers.Add("Min-SE", "600"));
        _peer.NextRequest(SipMethod.Ack);

        Assert.Equal("600;refresher=uac", _peer.NextRequest(SipMethod.Invite).Headers["Session-Expires"]);
    }

    [Fact]
    public void A_refused_refresh_is_tried_again_until_the_session_expires_and_nobody_is_bothered()
    {
        Establish("100;refresher=uac");
        var tries = 0;
        for (_peer.Wait(TimeSpan.FromSeconds(50)); _peer.SentCount > 0 && tries < 10; tries++)
        {
            _peer.Respond(_peer.NextRequest(SipMethod.Invite), 503);
            _peer.NextRequest(SipMethod.Ack);
            _peer.IsSilent();
            _peer.Wait(TimeSpan.FromSeconds(16));
            if (tries == 3)
            {
                break;
            }
        }

        Assert.Equal(3, tries);
        _peer.NextRequest(SipMethod.Bye);
    }

    [Fact]
    public void An_answer_without_Session_Expires_means_no_timer()
    {
        var (call, _) = Establish(null);
        Assert.Empty(_peer.Wait(TimeSpan.FromHours(10)));
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Theory]
    [InlineData("1800", "timer", "1800;refresher=uac", true)]
    [InlineData("1800;refresher=uac", "timer", "1800;refresher=uac", true)]
    [InlineData("1800;refresher=uas", "100rel, timer", "1800;refresher=uas", true)]
    [InlineData("1800", null, "1800;refresher=uas", false)]
    [InlineData("0", null, "90;refresher=uas", false)]
    public void As_the_callee_we_agree_to_what_the_caller_or_a_proxy_asks_9(string asked, string? supported, string agreed, bool required)
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Add("Session-Expires", asked);
        invite.Headers["Supported"] = supported;
        _peer.Receive(invite);
        _peer.NextResponse(100);
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));

        var ok = _peer.NextResponse(200);
        Assert.Equal(agreed, ok.Headers["Session-Expires"]);
        Assert.Equal(required, ok.Headers.Require?.Contains("timer") == true);
    }

    [Fact]
    public void An_interval_that_is_too_short_is_refused_with_422()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Add("Session-Expires", "30");
        invite.Headers.Add("Supported", "timer");
        _peer.Receive(invite);

        Assert.Equal("90", _peer.NextResponse(422).Headers["Min-SE"]);
        _peer.IsSilent();
        Assert.Equal(0, _peer.Agent.CallCount);
    }

    [Fact]
    public void An_INVITE_asks_for_an_interval_where_it_is_told_to_and_takes_the_longer_one_of_422_7()
    {
        _peer.Call(invite => invite with { SessionExpires = TimeSpan.FromSeconds(120) });
        var first = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal(("120", "90"), (first.Headers["Session-Expires"], first.Headers["Min-SE"]));

        _peer.Respond(first, 422, response => response.Headers.Add("Min-SE", "600"));
        _peer.NextRequest(SipMethod.Ack);

        Assert.Equal("600", _peer.NextRequest(SipMethod.Invite).Headers["Session-Expires"]);
    }

    [Fact]
    public void A_peer_without_session_timers_has_its_session_refreshed_by_us_also_after_a_re_INVITE_7()
    {
        var (call, _) = _peer.EstablishOutgoing(invite => invite with { SessionExpires = TimeSpan.FromSeconds(600) });
        _peer.Do(now => call.Reinvite(WirePeer.OurFax, now));
        Accept(_peer.NextRequest(SipMethod.Invite), null);
        _peer.NextRequest(SipMethod.Ack);

        _peer.Wait(TimeSpan.FromSeconds(300));

        Assert.Equal("600;refresher=uac", _peer.NextRequest(SipMethod.Invite).Headers["Session-Expires"]);
    }

    private (SipCall Call, SipRequest Invite) Establish(string? sessionExpires)
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal(["timer"], invite.Headers.Supported);
        Accept(invite, sessionExpires);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Answered>();
        return (call, invite);
    }

    private void Accept(SipRequest request, string? sessionExpires) => _peer.Respond(request, 200, ok =>
    {
        ok.SetBody(WirePeer.TheirAudio.ContentType, WirePeer.TheirAudio.Bytes);
        ok.Headers["Session-Expires"] = sessionExpires;
    });
}
