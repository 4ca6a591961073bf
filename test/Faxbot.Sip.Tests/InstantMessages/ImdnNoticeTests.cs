using System.Text;
using Faxbot.Sip.InstantMessages;

namespace Faxbot.Sip.Tests.InstantMessages;

/// <summary>RFC 5438: what became of a message.</summary>
public class ImdnNoticeTests
{
    private const string Open = "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>34jk324j</message-id>";

    [Fact]
    public void A_notice_with_all_that_the_standard_knows_is_read()
    {
        Assert.Equal(ImdnError.None, Parse("""
            <?xml version="1.0" encoding="UTF-8"?>
            <imdn xmlns="urn:ietf:params:xml:ns:imdn">
              <message-id>34jk324j</message-id>
              <datetime>2008-04-04T12:16:49-05:00</datetime>
              <recipient-uri>im:bob@example.com</recipient-uri>
              <original-recipient-uri>im:bob@example.org</original-recipient-uri>
              <subject>forbidden</subject>
              <delivery-notification>
                <status>
                  <delivered/>
                </status>
              </delivery-notification>
            </imdn>
            """, out var notice));
        Assert.Equal(new ImdnNotice("34jk324j", ImdnKind.Delivery, ImdnStatus.Delivered) { DateTime = "2008-04-04T12:16:49-05:00", Recipient = "im:bob@example.com" }, notice);
    }

    [Fact]
    public void Each_notice_reads_back_as_written()
    {
        foreach (var kind in Enum.GetValues<ImdnKind>())
        {
            foreach (var status in Enum.GetValues<ImdnStatus>())
            {
                var notice = new ImdnNotice("a<&>\"b", kind, status) { Recipient = "tel:+15550100" };
                Assert.Equal(ImdnError.None, ImdnNotice.TryParse(notice.ToArray(), out var again));
                Assert.Equal(notice, again);
            }
        }
    }

    [Theory]
    [InlineData("", ImdnError.BadXml)]
    [InlineData("hello", ImdnError.BadXml)]
    [InlineData(Open, ImdnError.BadXml)]
    [InlineData("<!DOCTYPE imdn [<!ENTITY a \"aaaaaaaaaa\">]>" + Open + "<delivery-notification><status><delivered/></status></delivery-notification></imdn>", ImdnError.BadXml)]
    [InlineData("<!DOCTYPE imdn SYSTEM \"file:///etc/passwd\"><imdn/>", ImdnError.BadXml)]
    [InlineData("<imdn><message-id>1</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>", ImdnError.NotANotice)]
    [InlineData("<other xmlns=\"urn:ietf:params:xml:ns:imdn\"/>", ImdnError.NotANotice)]
    [InlineData(Open + "</imdn>", ImdnError.NotANotice)]
    [InlineData(Open + "<delivery-notification><status><eaten/></status></delivery-notification></imdn>", ImdnError.NotANotice)]
    [InlineData("<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id> </message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>", ImdnError.NotANotice)]
    public void What_is_no_notice_is_told(string xml, ImdnError error)
    {
        Assert.Equal(error, Parse(xml, out var notice));
        Assert.Null(notice);
    }

    [Fact]
    public void Neither_size_nor_depth_is_without_bound()
    {
        Assert.Equal(ImdnError.BadXml, Parse(Open + new string(' ', 30_000) + "</imdn>", out _));
        Assert.Equal(ImdnError.BadXml, Parse(Open + string.Concat(Enumerable.Repeat("<a>", 100)) + string.Concat(Enumerable.Repeat("</a>", 100)) + "</imdn>", out _));
    }

    private static ImdnError Parse(string xml, out ImdnNotice? notice) => ImdnNotice.TryParse(Encoding.UTF8.GetBytes(xml), out notice);
}
