using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

public class OutgoingCallTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();

    [Fact]
    public void The_INVITE_has_all_that_RFC_3261_8_1_1_and_13_2_1_ask_for()
    {
        var call = _peer.Call(invite => invite with { Headers = [new SipHeader("Privacy", "id")] });

        var invite = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal("sip:+15551234@trunk.example", invite.RequestUri.ToString());
        Assert.StartsWith("z9hG4bK", invite.TopVia.Branch, StringComparison.Ordinal);
        Assert.True(invite.TopVia.HasRPort);
        Assert.Equal(("192.0.2.1", 5060), (invite.TopVia.Host, invite.TopVia.Port!.Value));
        Assert.Equal((call.LocalTag, "Fax"), (invite.From.Tag, invite.From.DisplayName));
        Assert.Null(invite.To.Tag);
        Assert.Equal(call.CallId, invite.CallId);
        Assert.Equal("sip:+15550100@192.0.2.1:5060", invite.Headers.Contact!.Uri.ToString());
        Assert.Equal(70, invite.Headers.MaxForwards);
        Assert.Contains("INVITE", invite.Headers.Allow!);
        Assert.Equal("id", invite.Headers["Privacy"]);
        Assert.Equal("application/sdp", invite.Headers.ContentType);
        Assert.Equal(WirePeer.Them, _peer.LastRemote);
    }

    [Fact]
    public void Without_a_response_the_INVITE_is_repeated_with_doubling_pauses_and_fails_after_64_T1()
    {
        _peer.Call();
        _peer.Forget();

        var moments = _peer.Wait(40 * Second);

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 15.5, 31.5], moments.Select(moment => moment.TotalSeconds));
        var failure = _peer.NextEvent<SipCallEvent.Failed>().Failure;
        Assert.Equal((SipFailureOrigin.NoResponse, 408), (failure.Origin, failure.Status));
        Assert.True(_peer.Agent.IsIdle);
    }

    [Fact]
    public void A_provisional_response_stops_the_repetition_and_is_reported_unless_it_is_100()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 100);
        Assert.Empty(_peer.Wait(20 * Second));
        _peer.RespondWithBody(invite, 183, WirePeer.TheirAudio);

        var provisional = _peer.NextEvent<SipCallEvent.Provisional>();
        Assert.Equal((183, "their audio"), (provisional.Response.Status, provisional.Body!.Text));
        _peer.IsSilent();
    }

    [Fact]
    public void A_2xx_is_acknowledged_on_a_branch_of_its_own_along_the_route_set()
    {
        var call = _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 200, ok =>
        {
            ok.Headers.RecordRoutes = [Address("sip:near.example;lr"), Address("sip:198.51.100.9:5080;lr")];
            ok.Headers.Contact = Address("sip:line3@203.0.113.5:5062;method=INVITE");
        });

        var ack = _peer.NextRequest(SipMethod.Ack);
        Assert.Equal("sip:line3@203.0.113.5:5062", ack.RequestUri.ToString());
        Assert.Equal(["<sip:198.51.100.9:5080;lr>", "<sip:near.example;lr>"], ack.Headers.GetAll("Route"));
        Assert.Equal(invite.CSeq.Number, ack.CSeq.Number);
        Assert.NotEqual(invite.TopVia.Branch, ack.TopVia.Branch);
        Assert.Equal("them", ack.To.Tag);
        Assert.Equal("198.51.100.9:5080", _peer.LastRemote.ToString());
        Assert.Equal((SipCallState.Connected, "them"), (call.State, call.RemoteTag));
        _peer.NextEvent<SipCallEvent.Answered>();
    }

    [Fact]
    public void A_strict_router_gets_its_own_URI_on_the_request_line_12_2_1_1()
    {
        var call = _peer.Call();
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 200, ok => ok.Headers.RecordRoutes = [Address("sip:two.example"), Address("sip:198.51.100.9")]);
        _peer.Forget();
        _peer.Do(now => call.HangUp(now));

        var bye = _peer.NextRequest(SipMethod.Bye);
        Assert.Equal("sip:198.51.100.9", bye.RequestUri.ToString());
        Assert.Equal(["<sip:two.example>", $"<sip:gw@{WirePeer.Them}>"], bye.Headers.GetAll("Route"));
        Assert.Equal("198.51.100.9:5060", _peer.LastRemote.ToString());
    }

    [Fact]
    public void A_Contact_that_is_a_name_is_reached_where_the_INVITE_went()
    {
        var call = _peer.Call();
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 200, ok => ok.Headers.Contact = Address("sip:gw.trunk.example"));

        Assert.Equal("sip:gw.trunk.example", _peer.NextRequest(SipMethod.Ack).RequestUri.ToString());
        Assert.Equal(WirePeer.Them, _peer.LastRemote);
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void A_repeated_2xx_gets_the_same_ACK_again_and_no_second_event()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        var ok = _peer.RespondWithBody(invite, 200, WirePeer.TheirAudio);
        var ack = _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Answered>();

        _peer.Wait(5 * Second);
        _peer.Receive(ok);

        Assert.Equal(ack.ToArray(), _peer.NextRequest(SipMethod.Ack).ToArray());
        _peer.IsSilent();
    }

    [Fact]
    public void A_second_branch_of_a_fork_that_answers_is_acknowledged_and_hung_up_13_2_2_4()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.RespondWithBody(invite, 200, WirePeer.TheirAudio, "first");
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Answered>();

        _peer.RespondWithBody(invite, 200, WirePeer.TheirAudio, "second");

        Assert.Equal("second", _peer.NextRequest(SipMethod.Ack).To.Tag);
        var bye = _peer.NextRequest(SipMethod.Bye);
        Assert.Equal(("second", invite.CSeq.Number + 1), (bye.To.Tag, bye.CSeq.Number));
        _peer.Respond(bye, 200);
        _peer.IsSilent();
        Assert.Equal(1, _peer.Agent.CallCount);
    }

    [Fact]
    public void A_refusal_is_acknowledged_on_the_same_branch_and_told_with_all_its_reasons()
    {
        _peer.Call(invite => invite with { Route = [SipUri.Parse("sip:proxy.example;lr")] });
        var invite = _peer.NextRequest(SipMethod.Invite);
        var refusal = _peer.Respond(invite, 503, response =>
        {
            response.Headers.Add("Reason", "Q.850;cause=34;text=\"No circuit\"");
            response.Headers.Add("Warning", "399 gw.example \"All trunks busy\"");
            response.Headers.Add("Retry-After", "30");
        });

        var ack = _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(invite.TopVia.Branch, ack.TopVia.Branch);
        Assert.Equal((invite.CSeq.Number, "them"), (ack.CSeq.Number, ack.To.Tag));
        Assert.Equal(["<sip:proxy.example;lr>"], ack.Headers.GetAll("Route"));
        var failed = _peer.NextEvent<SipCallEvent.Failed>();
        Assert.Equal((SipFailureOrigin.Response, 503, 34, 30.0), (
            failed.Failure.Origin, failed.Failure.Status, failed.Failure.Q850Cause, failed.Failure.RetryAfter!.Value.TotalSeconds));
        Assert.Equal("All trunks busy", failed.Failure.Warnings[0].Text);

        _peer.Receive(refusal);
        Assert.Equal(ack.ToArray(), _peer.NextRequest(SipMethod.Ack).ToArray());
        _peer.IsSilent();
        Assert.Equal(SipCallState.Ended, failed.Call.State);
    }

    [Fact]
    public void A_redirection_is_reported_with_its_contacts_and_not_followed()
    {
        _peer.Call();
        _peer.Respond(_peer.NextRequest(SipMethod.Invite), 302, response =>
            response.Headers.Add("Contact", "<sip:a@one.example>;q=0.7, <sip:b@two.example>"));

        _peer.NextRequest(SipMethod.Ack);
        var failure = _peer.NextEvent<SipCallEvent.Failed>().Failure;
        Assert.Equal(["sip:a@one.example", "sip:b@two.example"], failure.Contacts.Skip(1).Select(contact => contact.Uri.ToString()));
        _peer.IsSilent();
    }

    [Fact]
    public void A_network_that_refuses_the_INVITE_fails_the_call_with_503()
    {
        var call = _peer.Call();
        _peer.Forget();
        _peer.Agent.HandleTransportError(WirePeer.Them, _peer.Now);
        _peer.Wait(TimeSpan.Zero);

        Assert.Equal((SipFailureOrigin.Transport, 503), Origin(_peer.NextEvent<SipCallEvent.Failed>()));
        Assert.Equal(SipCallState.Ended, call.State);
        Assert.True(_peer.Agent.IsIdle);
        Assert.Empty(_peer.Wait(60 * Second));
    }

    [Fact]
    public void An_INVITE_beyond_the_largest_datagram_fails_with_513_and_is_not_sent()
    {
        var peer = new WirePeer(options => options with { MaxDatagram = 1400 });
        peer.Call(invite => invite with { Body = SipBody.FromSdp(new string('x', 1400)) });
        Assert.Empty(peer.Wait(Second));

        Assert.Equal((SipFailureOrigin.TooLarge, 513), Origin(peer.NextEvent<SipCallEvent.Failed>()));
        Assert.True(peer.Agent.IsIdle);
    }

    [Fact]
    public void A_call_beyond_the_limit_fails_at_once()
    {
        var peer = new WirePeer(options => options with { MaxCalls = 1 });
        peer.Call();
        peer.Forget();
        peer.Call();

        Assert.Equal((SipFailureOrigin.TooManyCalls, 503), Origin(peer.NextEvent<SipCallEvent.Failed>()));
        peer.IsSilent();
        Assert.Equal(1, peer.Agent.CallCount);
    }

    [Fact]
    public void Requests_of_the_callee_in_an_early_dialog_are_answered_by_what_is_open()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(invite, 180);
        _peer.NextEvent<SipCallEvent.Provisional>();

        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Update, 5, WirePeer.TheirAudio));
        _peer.NextResponse(491);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Update, 6));
        _peer.NextResponse(200);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Options, 4));
        _peer.NextResponse(500);
        _peer.Receive(_peer.CreateWithin(invite, SipMethod.Bye, 7));
        _peer.NextResponse(481);
        var stranger = _peer.CreateWithin(invite, SipMethod.Update, 8);
        stranger.From = stranger.From.WithTag("stranger");
        _peer.Receive(stranger);
        _peer.NextResponse(481);
        _peer.IsSilent();
    }

    private static (SipFailureOrigin Origin, int Status) Origin(SipCallEvent.Failed failed) => (failed.Failure.Origin, failed.Failure.Status);

    private static SipNameAddr Address(string uri) => new(SipUri.Parse(uri));
}
