using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3262: reliable provisional responses.</summary>
public sealed class ReliableProvisionalTests
{
    private readonly WirePeer _peer = new();

    [Theory]
    [InlineData(ReliableProvisionalUse.WhenDemanded, null, "timer")]
    [InlineData(ReliableProvisionalUse.Offered, null, "timer, 100rel")]
    [InlineData(ReliableProvisionalUse.Required, "100rel", "timer")]
    public void An_INVITE_speaks_of_them_as_it_is_told(ReliableProvisionalUse use, string? required, string supported)
    {
        _peer.Call(invite => invite with { ReliableProvisional = use });

        var sent = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal((required, supported), (sent.Headers["Require"], sent.Headers["Supported"]));
    }

    [Fact]
    public void A_reliable_response_is_acknowledged_once_and_later_requests_count_on()
    {
        var call = _peer.Call(invite => invite with { ReliableProvisional = ReliableProvisionalUse.Offered });
        var invite = _peer.NextRequest(SipMethod.Invite);

        RingReliably(invite, 183, 700);
        var prack = _peer.NextRequest(SipMethod.Prack);
        Assert.Equal($"700 {invite.CSeq.Number} INVITE", prack.Headers["RAck"]);
        Assert.Equal(invite.CSeq.Number + 1, prack.CSeq.Number);
        _peer.NextEvent<SipCallEvent.Provisional>();
        RingReliably(invite, 183, 700);
        _peer.IsSilent();

        _peer.Respond(prack, 200);
        RingReliably(invite, 180, 701);
        Assert.Equal($"701 {invite.CSeq.Number} INVITE", _peer.NextRequest(SipMethod.Prack).Headers["RAck"]);
        _peer.NextEvent<SipCallEvent.Provisional>();

        _peer.RespondWithBody(invite, 200, WirePeer.TheirAudio);
        _peer.NextRequest(SipMethod.Ack);
        _peer.NextEvent<SipCallEvent.Answered>();
        _peer.Do(now => call.HangUp(now));
        Assert.Equal(invite.CSeq.Number + 3, _peer.NextRequest(SipMethod.Bye).CSeq.Number);
    }

    [Fact]
    public void A_response_behind_one_that_is_missing_is_not_looked_at()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        RingReliably(invite, 180, 5);
        _peer.NextRequest(SipMethod.Prack);
        _peer.NextEvent<SipCallEvent.Provisional>();

        RingReliably(invite, 180, 7);

        _peer.IsSilent();
    }

    [Fact]
    public void The_answer_of_a_reliable_response_stands()
    {
        _peer.Call();
        var invite = _peer.NextRequest(SipMethod.Invite);
        RingReliably(invite, 183, 1, WirePeer.TheirAudio);
        _peer.NextRequest(SipMethod.Prack);
        _peer.NextEvent<SipCallEvent.Provisional>();

        _peer.Respond(invite, 200);

        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(WirePeer.TheirAudio.Bytes.ToArray(), _peer.NextEvent<SipCallEvent.Answered>().Body!.Bytes.ToArray());
    }

    [Fact]
    public void A_callee_that_cannot_do_without_gets_them()
    {
        _peer.Call();
        var first = _peer.NextRequest(SipMethod.Invite);
        _peer.Respond(first, 421, response => response.Headers.Require = ["100rel"]);
        _peer.NextRequest(SipMethod.Ack);

        var second = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal("timer, 100rel", second.Headers["Supported"]);
        _peer.Respond(second, 421, response => response.Headers.Require = ["100rel"]);
        _peer.NextRequest(SipMethod.Ack);
        Assert.Equal(421, _peer.NextEvent<SipCallEvent.Failed>().Failure.Status);
        _peer.IsSilent();
    }

    [Fact]
    public void A_caller_that_demands_them_gets_the_answer_without_any_before_it()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Require = ["100rel"];
        _peer.Receive(invite);
        _peer.NextResponse(100);
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;

        _peer.Do(now => call.Ring(now));
        _peer.IsSilent();
        _peer.Do(now => call.Answer(WirePeer.OurAudio, now));

        _peer.NextResponse(200);
    }

    private void RingReliably(SipRequest invite, int status, uint number, SipBody? body = null) => _peer.Respond(invite, status, response =>
    {
        response.Headers.Require = ["100rel"];
        response.Headers["RSeq"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (body is not null) response.SetBody(body.ContentType, body.Bytes);
    });
}
