using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class HeaderValueTests
{
    [Theory]
    [InlineData("<sip:a@b>", null, "sip:a@b", null)]
    [InlineData("sip:a@b;tag=1", null, "sip:a@b", "1")]
    [InlineData("<sip:a@b;tag=2>;tag=1", null, "sip:a@b;tag=2", "1")]
    [InlineData("A. B-c <sip:a@b>;tag=1;", "A. B-c", "sip:a@b", "1")]
    [InlineData("\"\" <sip:a@b>", "", "sip:a@b", null)]
    [InlineData("\"a \\\\ \\\" ,<b>\"<sip:a@b>;x=\"y;z\";tag=1", "a \\ \" ,<b>", "sip:a@b", "1")]
    [InlineData("Anonymous <sip:anonymous@anonymous.invalid>;TAG=Q", "Anonymous", "sip:anonymous@anonymous.invalid", "Q")]
    public void Reads_addresses(string text, string? name, string uri, string? tag)
    {
        Assert.True(SipNameAddr.TryParse(text, out var address));
        Assert.Equal((name, uri, tag), (address.DisplayName, address.Uri.ToString(), address.Tag));
        Assert.True(SipNameAddr.TryParse(address.ToString(), out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("Alice")]
    [InlineData("<sip:a@b")]
    [InlineData("\"Alice\" sip:a@b")]
    [InlineData("\"Alice <sip:a@b>")]
    [InlineData("sip:a@b>;tag=1")]
    [InlineData("<sip:a@b> x")]
    [InlineData("<sip:a@b>;ta g=1")]
    [InlineData("<sip:a@b>;tag=\"1")]
    [InlineData("sip:a@b,sip:c@d")]
    [InlineData("sip:a@b?x=y")]
    public void Refuses_what_is_no_address(string text) => Assert.False(SipNameAddr.TryParse(text, out _));

    [Fact]
    public void Via_tells_where_a_response_goes()
    {
        Assert.True(SipVia.TryParse("SIP/2.0/tls [2001:db8::1];received=[2001:db8::2];rport=4000;maddr=[ff02::1];branch=z9hg4bKx", out var via));
        Assert.Equal(("TLS", "2001:db8::1", 5061), (via.Transport, via.Host, via.EffectivePort));
        Assert.Equal(("2001:db8::2", 4000, "ff02::1"), (via.Received, via.RPort, via.MAddr));
        Assert.True(via.HasRfc3261Branch);

        var answered = new SipVia("UDP", "h") { HasRPort = true, Branch = "z9hG4bK1" } with { RPort = 5, Received = "192.0.2.1" };
        Assert.Equal("SIP/2.0/UDP h;rport=5;branch=z9hG4bK1;received=192.0.2.1", answered.ToString());
        Assert.Equal("SIP/2.0/UDP h;branch=z9hG4bK1;received=192.0.2.1", (answered with { HasRPort = false }).ToString());
        Assert.Equal(5060, answered.EffectivePort);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/1.0/UDP h")]
    [InlineData("HTTP/2.0/UDP h")]
    [InlineData("SIP/2.0/UDP/h")]
    [InlineData("SIP/2.0/UDP h:99999")]
    [InlineData("SIP/2.0/UDP h:;x")]
    [InlineData("SIP/2.0/UDP h;;x")]
    [InlineData("SIP/2.0/UDP a b")]
    [InlineData("SIP/2.0/UDP 2001:db8::1")]
    public void Refuses_what_is_no_Via(string text) => Assert.False(SipVia.TryParse(text, out _));

    [Fact]
    public void Reason_carries_causes_of_several_protocols()
    {
        var headers = new SipHeaderList();
        headers.Add("Reason", "SIP ;cause=200 ;text=\"Call completed, elsewhere\", Q.850;cause=16;text=\"Terminated\"");
        headers.Add("Reason", "preemption ;cause=x");

        Assert.Equal(16, headers.Q850Cause);
        Assert.Equal(
            [new("SIP", 200, "Call completed, elsewhere"), new("Q.850", 16, "Terminated"), new("preemption", null, null)], headers.Reasons);
        headers.Reasons = [new SipReason("Q.850", 17, null)];
        Assert.Equal("Q.850;cause=17", headers["reason"]);
        Assert.Single(headers.GetAll("Reason"));
    }

    [Fact]
    public void Warnings_are_read_from_lists()
    {
        var headers = new SipHeaderList();
        headers.Add("Warning", "305 fax.example \"Incompatible, \\\"t38\\\"\", 399 192.0.2.1:5060 \"x\", 1812 overture \"In Progress\", 30x a \"b\", 301 a b");

        Assert.Equal([new(305, "fax.example", "Incompatible, \"t38\""), new(399, "192.0.2.1:5060", "x")], headers.Warnings);
        Assert.Equal("305 fax.example \"Incompatible, \\\"t38\\\"\"", headers.Warnings[0].ToString());
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("18000;duration=3600", 18_000)]
    [InlineData("120 (I'm in a meeting)", 120)]
    [InlineData("949302838503028349304023988", 4_294_967_295)]
    public void Retry_After_never_wraps_around(string text, long seconds)
    {
        Assert.True(SipRetryAfter.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value.Delay);
    }

    [Fact]
    public void Times_are_read_as_20_19_and_10_2_1_1_say()
    {
        var headers = new SipHeaderList();
        headers.Add("Expires", "1" + new string('0', 100));
        headers.Add("Min-Expires", "soon");
        headers.Add("x", "1800 ;refresher=uas");
        headers.Add("Min-SE", "90;a=b");
        headers.Add("Contact", "<sip:a@b>;expires=60, <sip:c@d>;expires=x");

        Assert.Equal(TimeSpan.FromSeconds(uint.MaxValue), headers.Expires);
        Assert.Equal(TimeSpan.FromHours(1), headers.MinExpires);
        Assert.Equal(new SipSessionExpires(TimeSpan.FromMinutes(30), "uas"), headers.SessionExpires);
        Assert.Equal(TimeSpan.FromSeconds(90), headers.MinSE);
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)], headers.Contacts.Select(contact => contact.Expires!.Value));
        Assert.Equal("<sip:a@b>;expires=30", (headers.Contact! with { Expires = TimeSpan.FromSeconds(30) }).ToString());
        Assert.Null(headers.RetryAfter);
    }
}
