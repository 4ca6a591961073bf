using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 8.2 and 18.2: what every request is measured by, and where the answer goes.</summary>
public class UasRulesTests
{
    private static readonly SipUri OurUri = SipUri.Parse($"sip:{WirePeer.Us}");
    private readonly WirePeer _peer = new();

    [Fact]
    public void OPTIONS_is_answered_with_what_we_can_do_11_2()
    {
        _peer.Receive(_peer.Create(SipMethod.Options, OurUri, 1));

        var ok = _peer.NextResponse(200);
        Assert.Equal(["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "INFO"], ok.Headers.Allow);
        Assert.Equal("application/sdp", ok.Headers["Accept"]);
        Assert.Equal("Faxbot", ok.Headers.Server);
        Assert.NotNull(ok.To.Tag);
    }

    [Theory]
    [InlineData("REGISTER", 405)]
    [InlineData("NOTIFY", 405)]
    [InlineData("PRACK", 405)]
    [InlineData("HOVER", 405)]
    [InlineData("BYE", 481)]
    [InlineData("UPDATE", 481)]
    [InlineData("INFO", 481)]
    public void Methods_that_mean_nothing_here_are_refused(string method, int status)
    {
        _peer.Receive(_peer.Create(new SipMethod(method), OurUri, 1));

        var response = _peer.NextResponse(status);
        Assert.Equal(status == 405, response.Headers.Allow is not null);
        _peer.IsSilent();
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("BYE")]
    [InlineData("OPTIONS")]
    [InlineData("INFO")]
    public void A_request_of_an_unknown_dialog_gets_481_12_2_2(string method)
    {
        var request = _peer.Create(new SipMethod(method), OurUri, 1);
        request.To = request.To.WithTag("unknown");
        _peer.Receive(request);
        _peer.NextResponse(481);
        _peer.IsSilent();
    }

    [Fact]
    public void An_ACK_of_nothing_is_never_answered()
    {
        Assert.Equal(SipInputResult.Stray, _peer.Receive(_peer.Create(SipMethod.Ack, OurUri, 1)));
        _peer.IsSilent();
    }

    [Fact]
    public void A_required_extension_that_we_lack_gets_420_8_2_2_3()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Add("Require", "timer, 100rel, precondition");
        _peer.Receive(invite);

        Assert.Equal(["precondition"], _peer.NextResponse(420).Headers.Unsupported);
        _peer.IsSilent();
    }

    [Theory]
    [InlineData("multipart/mixed", null)]
    [InlineData("application/sdp", "gzip")]
    public void A_body_that_we_cannot_read_gets_415_8_2_3(string contentType, string? encoding)
    {
        var invite = _peer.CreateInvite(new SipBody("x"u8.ToArray(), contentType));
        invite.Headers["Content-Encoding"] = encoding;
        _peer.Receive(invite);

        Assert.Equal("application/sdp", _peer.NextResponse(415).Headers["Accept"]);
    }

    [Fact]
    public void A_scheme_that_we_do_not_know_gets_416_8_2_2_1()
    {
        _peer.Receive(_peer.Create(SipMethod.Invite, SipUri.Parse("nobodyKnowsThisScheme:totallyopaquecontent"), 1));
        _peer.NextResponse(416);
    }

    [Fact]
    public void An_INVITE_without_Contact_gets_400()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.Remove("Contact");
        _peer.Receive(invite);
        _peer.NextResponse(400);
        _peer.IsSilent();
    }

    [Fact]
    public void The_same_request_by_two_paths_gets_482_8_2_2_2()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        _peer.Receive(invite);
        _peer.Forget();
        var other = invite.Clone();
        other.TopVia = _peer.NewVia();
        _peer.Receive(other);

        _peer.NextResponse(482);
        Assert.Equal(1, _peer.Agent.CallCount);
    }

    [Fact]
    public void Max_Forwards_of_zero_concerns_proxies_only()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.Headers.MaxForwards = 0;
        _peer.Receive(invite);
        _peer.NextResponse(100);
    }

    [Fact]
    public void A_damaged_request_gets_400_and_another_version_505()
    {
        var text = _peer.Create(SipMethod.Options, OurUri, 1).ToString();
        Assert.Equal(SipInputResult.AnsweredAsBad, _peer.Receive(text.Replace("Max-Forwards: 70", "Max-Forwards: seventy", StringComparison.Ordinal)));
        var bad = _peer.NextResponse(400);
        Assert.NotNull(bad.To.Tag);
        Assert.Equal(SipInputResult.AnsweredAsBad, _peer.Receive(text.Replace("SIP/2.0\r\nVia", "SIP/7.0\r\nVia", StringComparison.Ordinal)));
        _peer.NextResponse(505);
        Assert.Equal(0, _peer.Agent.TransactionCount);
    }

    [Theory]
    [InlineData("\r\n\r\n", SipInputResult.KeepAlive)]
    [InlineData("hello", SipInputResult.Unreadable)]
    [InlineData("ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 1.2.3.4;branch=z9hG4bK1\r\nFrom: <sip:a@b>\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 BYE\r\n\r\n",
        SipInputResult.Unreadable)]
    [InlineData("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 1.2.3.4;branch=z9hG4bK1\r\nFrom: <sip:a@b>\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n",
        SipInputResult.Stray)]
    public void What_needs_no_answer_gets_none(string text, SipInputResult result)
    {
        Assert.Equal(result, _peer.Receive(text));
        _peer.IsSilent();
    }

    [Fact]
    public void When_all_transactions_are_taken_a_request_gets_503_without_state()
    {
        var peer = new WirePeer(options => options with { MaxTransactions = 2 });
        peer.Receive(peer.Create(SipMethod.Options, OurUri, 1));
        peer.Receive(peer.Create(SipMethod.Options, OurUri, 1));
        peer.Forget();
        var request = peer.Create(SipMethod.Options, OurUri, 1);

        Assert.Equal(SipInputResult.Overloaded, peer.Receive(request));
        Assert.Equal(SipInputResult.Overloaded, peer.Receive(request));
        Assert.Equal(peer.NextResponse(503).To.Tag, peer.NextResponse(503).To.Tag);
        Assert.Equal(2, peer.Agent.TransactionCount);
        peer.Wait(TimeSpan.FromSeconds(32));
        Assert.Equal(SipInputResult.Handled, peer.Receive(request));
    }

    [Theory]
    [InlineData("198.51.100.7:5070", "198.51.100.7", 5070, false, "198.51.100.7:5070", null, null)]
    [InlineData("203.0.113.9:1024", "10.0.0.1", 5060, false, "203.0.113.9:5060", "203.0.113.9", null)]
    [InlineData("203.0.113.9:1024", "10.0.0.1", 5060, true, "203.0.113.9:1024", "203.0.113.9", 1024)]
    [InlineData("203.0.113.9:1024", "gw.example", null, false, "203.0.113.9:5060", "203.0.113.9", null)]
    [InlineData("198.51.100.7:5070", "198.51.100.7", 5070, true, "198.51.100.7:5070", "198.51.100.7", 5070)]
    public void The_answer_goes_where_the_request_came_from_18_2_2_and_RFC_3581(
        string source, string sentBy, int? sentByPort, bool rport, string destination, string? received, int? port)
    {
        var request = _peer.Create(SipMethod.Options, OurUri, 1);
        request.TopVia = new SipVia("UDP", sentBy) { Port = sentByPort, Branch = "z9hG4bKx", HasRPort = rport };
        _peer.Receive(request, IPEndPoint.Parse(source));

        var via = _peer.NextResponse(200).TopVia;
        Assert.Equal((received, port), (via.Received, via.RPort));
        Assert.Equal(destination, _peer.LastRemote.ToString());
    }

    [Fact]
    public void A_response_is_never_sent_to_the_third_party_that_maddr_or_received_names()
    {
        var request = _peer.Create(SipMethod.Options, OurUri, 1);
        var via = request.TopVia;
        request.TopVia = via with { Parameters = via.Parameters.With("maddr", "203.0.113.66").With("received", "203.0.113.66") };
        _peer.Receive(request);

        Assert.Null(_peer.NextResponse(200).TopVia.Received);
        Assert.Equal(WirePeer.Them, _peer.LastRemote);
    }

    [Fact]
    public void A_request_of_an_RFC_2543_peer_is_matched_without_a_branch_17_2_3()
    {
        var invite = _peer.CreateInvite(WirePeer.TheirAudio);
        invite.TopVia = new SipVia("UDP", WirePeer.Them.Address.ToString()) { Port = WirePeer.Them.Port };
        _peer.Receive(invite);
        _peer.NextResponse(100);
        var call = _peer.NextEvent<SipCallEvent.Incoming>().Call;
        _peer.Receive(invite);
        _peer.NextResponse(100);
        _peer.Do(now => call.Reject(486, now));
        var busy = _peer.NextResponse(486);
        _peer.NextEvent<SipCallEvent.Ended>();
        _peer.Receive(WirePeer.SameBranch(invite, SipMethod.Ack, busy.To.Tag));

        Assert.Empty(_peer.Wait(TimeSpan.FromSeconds(60)));
        Assert.Equal(0, _peer.Agent.TransactionCount);
    }

    [Fact]
    public void Who_is_ignored_gets_no_answer_to_a_new_call()
    {
        _peer.Agent.Ignores = hop => hop.EndPoint.Equals(WirePeer.Them);

        Assert.Equal(SipInputResult.Ignored, _peer.Receive(_peer.CreateInvite(WirePeer.TheirAudio)));

        _peer.IsSilent();
        Assert.Equal((0, 0), (_peer.Agent.CallCount, _peer.Agent.TransactionCount));
    }

    [Fact]
    public void A_ping_tells_whether_the_peer_lives_and_how_fast_it_answers()
    {
        Ping();
        var options = _peer.NextRequest(SipMethod.Options);
        _peer.Wait(TimeSpan.FromMilliseconds(300));
        _peer.Respond(options, 404);
        Ping();
        _peer.Wait(TimeSpan.FromSeconds(32));

        Assert.Equal((true, 404, 300.0), (_peer.Pings[0].IsAlive, _peer.Pings[0].Response!.Status, _peer.Pings[0].Elapsed.TotalMilliseconds));
        Assert.Equal((false, SipFailureOrigin.NoResponse), (_peer.Pings[1].IsAlive, _peer.Pings[1].Failure!.Origin));
        Assert.Equal(2, _peer.Pings.Count);
    }

    private void Ping()
    {
        _peer.Agent.Ping(SipUri.Parse("sip:trunk.example"), new SipNameAddr(OurUri), WirePeer.Them, _peer.Now);
        _peer.Wait(TimeSpan.Zero);
    }
}
