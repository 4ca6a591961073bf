using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.example")]
    [InlineData("sip:alice:secretword@atlanta.example;transport=tcp")]
    [InlineData("sips:alice@atlanta.example?subject=project%20x&priority=urgent")]
    [InlineData("sip:+1-212-555-1212:1234@gateway.example;user=phone")]
    [InlineData("sip:atlanta.example;method=REGISTER?to=alice%40atlanta.example")]
    [InlineData("sip:alice;day=tuesday@atlanta.example")]
    [InlineData("sip:*69%23@[2001:db8::1]:5070;lr;maddr=192.0.2.1")]
    [InlineData("sip:fax_gw.internal:65535")]
    [InlineData("tel:+4930555;phone-context=example.com")]
    [InlineData("urn:service:sos")]
    public void Writes_a_canonical_URI_as_it_was(string text) => Assert.Equal(text, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("SIP:%61lice@h", "sip:alice@h")]
    [InlineData("sip:a%3bb@h", "sip:a%3Bb@h")]
    [InlineData("sip:*31#49@h", "sip:*31%2349@h")]
    [InlineData("sip:bücher@h", "sip:b%C3%BCcher@h")]
    [InlineData("sip:h;;lr;", "sip:h;lr")]
    public void Brings_other_spellings_into_one_form(string text, string canonical) => Assert.Equal(canonical, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData(":alice@h")]
    [InlineData("1sip:alice@h")]
    [InlineData("sip:@h")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@h:")]
    [InlineData("sip:alice@h:65536")]
    [InlineData("sip:alice@h:x")]
    [InlineData("sip:alice@h x")]
    [InlineData("sip:al ice@h")]
    [InlineData("sip:al%zze@h")]
    [InlineData("sip:alice%4@h")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:[::1")]
    [InlineData("sip:[::x]")]
    [InlineData("sip:[1.2.3.4]x")]
    [InlineData("sip:h;=x")]
    [InlineData("sip:h?")]
    [InlineData("sip:h?a")]
    [InlineData("sip:h\r\n")]
    [InlineData("tel:")]
    [InlineData("urn:")]
    [InlineData("urn:a b")]
    public void Refuses_what_is_no_URI(string text) => Assert.False(SipUri.TryParse(text, out _));

    // The pairs of RFC 3261 19.1.4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;security=on", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    [InlineData("sip:carol@chicago.com", "sips:carol@chicago.com", false)]
    [InlineData("tel:+1-212-555-0101", "tel:+12125550101", true)]
    [InlineData("tel:5550101;phone-context=a.example", "tel:5550101;phone-context=b.example", false)]
    public void Compares_as_19_1_4_says(string left, string right, bool equivalent)
    {
        Assert.Equal(equivalent, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(equivalent, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Fact]
    public void Builds_from_plain_parts()
    {
        var uri = new SipUri("2001:db8::1") { User = "+49 30@x", Password = "a:b", Port = 5080 }.WithParameter("user", "phone");

        Assert.Equal("sip:+49%2030%40x:a%3Ab@[2001:db8::1]:5080;user=phone", uri.ToString());
        Assert.Equal(uri, SipUri.Parse(uri.ToString()));
        Assert.Equal("a:b", uri.Password);
        Assert.Throws<ArgumentException>(() => new SipUri("a b"));
        Assert.Throws<FormatException>(() => SipUri.Parse("fax"));
        Assert.Equal("tel:+4930555", SipUri.Tel("+4930555").ToString());
    }
}
