using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Dialogs;

public class SipDialogTests
{
    [Fact]
    public void The_caller_takes_the_recorded_route_in_reverse_12_1_2()
    {
        var dialog = SipDialog.OfCaller(Invite(), Ok("<sip:a;lr>", "<sip:b;lr>"));

        Assert.Equal(["sip:b;lr", "sip:a;lr"], dialog.RouteSet.Select(uri => uri.ToString()));
        Assert.Equal(("ours", "theirs", "sip:b;lr"), (dialog.LocalTag, dialog.RemoteTag, dialog.FirstHop.ToString()));
    }

    [Fact]
    public void The_callee_takes_the_recorded_route_as_it_stands_12_1_1()
    {
        var invite = Invite();
        invite.Headers.RecordRoutes = [Address("sip:a;lr"), Address("sip:b;lr")];
        var dialog = SipDialog.OfCallee(invite, "mine", 7);

        Assert.Equal(["sip:a;lr", "sip:b;lr"], dialog.RouteSet.Select(uri => uri.ToString()));
        Assert.Equal(("mine", "ours", 100u), (dialog.LocalTag, dialog.RemoteTag, dialog.RemoteSequence));
        Assert.Equal(8u, dialog.CreateRequest(SipMethod.Bye).CSeq.Number);
    }

    [Fact]
    public void Requests_count_on_from_the_INVITE_and_an_ACK_does_not_count()
    {
        var dialog = SipDialog.OfCaller(Invite(), Ok());

        Assert.Equal(new SipCSeq(101, SipMethod.Info), dialog.CreateRequest(SipMethod.Info).CSeq);
        Assert.Equal(new SipCSeq(100, SipMethod.Ack), dialog.CreateAck(100).CSeq);
        Assert.Equal(new SipCSeq(102, SipMethod.Bye), dialog.CreateRequest(SipMethod.Bye).CSeq);
    }

    [Fact]
    public void Loose_routers_stand_in_Route_and_the_target_on_the_request_line_12_2_1_1()
    {
        var request = SipDialog.OfCaller(Invite(), Ok("<sip:a;lr>", "<sip:b;lr>")).CreateRequest(SipMethod.Bye);

        Assert.Equal("sip:gw@198.51.100.7", request.RequestUri.ToString());
        Assert.Equal(["<sip:b;lr>", "<sip:a;lr>"], request.Headers.GetAll("Route"));
    }

    [Fact]
    public void A_strict_router_stands_on_the_request_line_and_the_target_last_in_Route_12_2_1_1()
    {
        var request = SipDialog.OfCaller(Invite(), Ok("<sip:a;lr>", "<sip:b;method=INVITE?Subject=x>")).CreateRequest(SipMethod.Bye);

        Assert.Equal("sip:b", request.RequestUri.ToString());
        Assert.Equal(["<sip:a;lr>", "<sip:gw@198.51.100.7>"], request.Headers.GetAll("Route"));
    }

    [Theory]
    [InlineData(99u, "INFO", false)]
    [InlineData(100u, "INVITE", false)]
    [InlineData(100u, "INFO", true)]
    [InlineData(101u, "INVITE", true)]
    [InlineData(2000000000u, "BYE", true)]
    public void The_number_of_a_request_must_not_go_back_12_2_2(uint number, string method, bool accepted) =>
        Assert.Equal(accepted, SipDialog.OfCallee(Invite(), "mine", 1).TryAdvance(new SipCSeq(number, new SipMethod(method))));

    [Fact]
    public void A_refresh_moves_the_target_but_never_the_route_set_12_2()
    {
        var dialog = SipDialog.OfCaller(Invite(), Ok("<sip:a;lr>"));
        var reinvite = Invite();
        reinvite.Headers.Contact = Address("sip:moved@203.0.113.1");
        reinvite.Headers.RecordRoutes = [Address("sip:elsewhere;lr")];
        dialog.RefreshTarget(reinvite);

        Assert.Equal("sip:moved@203.0.113.1", dialog.RemoteTarget.ToString());
        Assert.Equal("sip:a;lr", Assert.Single(dialog.RouteSet).ToString());
    }

    [Fact]
    public void A_peer_of_RFC_2543_without_a_tag_has_a_dialog_all_the_same()
    {
        var ok = Ok();
        ok.To = ok.To.WithTag(null);
        var dialog = SipDialog.OfCaller(Invite(), ok);

        Assert.Equal("", dialog.RemoteTag);
        Assert.Null(dialog.CreateRequest(SipMethod.Bye).To.Tag);
    }

    private static SipRequest Invite() => new(SipMethod.Invite, SipUri.Parse("sip:1@trunk.example"))
    {
        From = Address("sip:2@here.example").WithTag("ours"),
        To = Address("sip:1@trunk.example"),
        CallId = "c",
        CSeq = new SipCSeq(100, SipMethod.Invite),
    };

    private static SipResponse Ok(params string[] recordRoutes)
    {
        var ok = Invite().CreateResponse(200, toTag: "theirs");
        ok.Headers.Contact = Address("sip:gw@198.51.100.7");
        foreach (var route in recordRoutes)
        {
            ok.Headers.Add("Record-Route", route);
        }

        return ok;
    }

    private static SipNameAddr Address(string uri) => new(SipUri.Parse(uri));
}
