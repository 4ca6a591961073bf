using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class SipHeaderListTests
{
    [Fact]
    public void Order_and_spelling_of_unknown_fields_are_kept()
    {
        var headers = new SipHeaderList();
        headers.Add("X-zed", "1");
        headers.Add("v", "SIP/2.0/UDP a,SIP/2.0/UDP b");
        headers.Add("x-ZED", " 2 , 3 ");
        headers.Add("DIVERSION", "<sip:a@b>;reason=no-answer, <sip:c@d>");

        Assert.Equal(
            ["X-zed: 1", "Via: SIP/2.0/UDP a", "Via: SIP/2.0/UDP b", "x-ZED: 2 , 3", "Diversion: <sip:a@b>;reason=no-answer, <sip:c@d>"],
            headers.Select(header => header.ToString()));
        Assert.Equal(["1", "2 , 3"], headers.GetAll("X-ZED"));
    }

    [Fact]
    public void Setting_replaces_in_place_and_null_removes()
    {
        var headers = new SipHeaderList();
        headers.Add("X-A", "1");
        headers.Add("X-B", "2");
        headers.Add("x-a", "3");

        headers["X-A"] = "4";
        Assert.Equal([new("X-A", "4"), new("X-B", "2")], headers);
        headers["X-A"] = null;
        Assert.Equal([new("X-B", "2")], headers);
        Assert.False(headers.Remove("X-A"));
        Assert.Null(headers["X-A"]);
    }

    [Fact]
    public void Vias_are_pushed_and_popped()
    {
        var headers = new SipHeaderList();
        headers.Add("Max-Forwards", "70");
        headers.Add("Via", "SIP/2.0/UDP first");
        headers.PrependVia(new SipVia("TCP", "second"));
        headers.TopVia = headers.TopVia! with { Received = "192.0.2.7" };

        Assert.Equal(["SIP/2.0/TCP second;received=192.0.2.7", "SIP/2.0/UDP first"], headers.GetAll("Via"));
        Assert.True(headers.RemoveFirst("Via"));
        Assert.Equal("first", headers.TopVia.Host);
        headers.TopVia = null;
        Assert.False(headers.RemoveFirst("Via"));
        Assert.Single(headers);
    }

    [Fact]
    public void Token_lists_join_several_fields_and_absence_is_not_emptiness()
    {
        var headers = new SipHeaderList();
        Assert.Null(headers.Allow);
        headers.Add("Allow", "INVITE, ACK,,BYE");
        headers.Add("allow", "CANCEL");
        headers.Add("k", "");

        Assert.Equal(["INVITE", "ACK", "BYE", "CANCEL"], headers.Allow!);
        Assert.Empty(headers.Supported!);
        headers.Require = ["timer", "100rel"];
        Assert.Equal("timer, 100rel", headers["Require"]);
    }

    [Fact]
    public void Identity_fields_are_typed()
    {
        var headers = new SipHeaderList
        {
            PAssertedIdentities = [new SipNameAddr(SipUri.Parse("sip:+1555@h")) { DisplayName = "Ward" }, new SipNameAddr(SipUri.Tel("+1555"))],
            Privacy = ["id", "critical"],
            Routes = [new SipNameAddr(SipUri.Parse("sip:p1;lr")), new SipNameAddr(SipUri.Parse("sip:p2;lr"))],
        };

        Assert.Equal(["Ward <sip:+1555@h>", "<tel:+1555>"], headers.GetAll("P-Asserted-Identity"));
        Assert.Equal("id;critical", headers["Privacy"]);
        Assert.Equal(["<sip:p1;lr>", "<sip:p2;lr>"], headers.GetAll("Route"));
        headers.Routes = [];
        Assert.False(headers.Contains("Route"));
    }

    [Fact]
    public void A_star_is_all_contacts_and_no_address()
    {
        var headers = new SipHeaderList();
        headers.Add("Contact", "*");

        Assert.True(headers.IsContactWildcard);
        Assert.Null(headers.Contact);
    }

    [Fact]
    public void A_typed_value_follows_its_text()
    {
        var headers = new SipHeaderList { From = new SipNameAddr(SipUri.Parse("sip:a@b")) };
        Assert.Same(headers.From, headers.From);
        headers["From"] = "<sip:c@d>;tag=1";
        Assert.Equal("1", headers.From!.Tag);
        headers["From"] = "broken <";
        Assert.Null(headers.From);
    }
}
