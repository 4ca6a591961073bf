using System.Text;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.InstantMessages;

/// <summary>What a MESSAGE carries.</summary>
public class MessageContentTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "67-72-C3-BC-C3-9F-65", "grüße")]
    [InlineData("text/plain", "67-72-C3-BC-C3-9F-65", "grüße")]
    [InlineData("Text/Plain; format=flowed; Charset=\"utf-8\"", "67-72-C3-BC-C3-9F-65", "grüße")]
    [InlineData("text/plain;charset=ISO-8859-1", "67-72-FC-DF-65", "grüße")]
    [InlineData("text/plain;charset=us-ascii", "68-69", "hi")]
    [InlineData("text/plain", "68-FF", "h\ufffd")]
    [InlineData("text/plain", "", "")]
    public void Text_is_read_in_its_character_set(string? type, string octets, string text) => Assert.Equal(new MessageContent.Text(text), Read(type, Octets(octets)));

    [Theory]
    [InlineData("text/html", MessageContentError.UnsupportedType)]
    [InlineData("application/im-iscomposing+xml", MessageContentError.UnsupportedType)]
    [InlineData("text/plain;charset=koi8-r", MessageContentError.UnsupportedType)]
    [InlineData("text", MessageContentError.Malformed)]
    [InlineData("text/plain;=", MessageContentError.Malformed)]
    [InlineData("message/cpim", MessageContentError.Malformed)]
    [InlineData("message/imdn+xml", MessageContentError.Malformed)]
    public void What_cannot_be_read_is_told(string type, MessageContentError error) => Assert.Equal(error, TryRead(type, "hello"u8.ToArray(), out _));

    [Fact]
    public void A_compressed_body_is_not_read()
    {
        var request = Request("text/plain", "hello"u8.ToArray());
        request.Headers["Content-Encoding"] = "gzip";
        Assert.Equal(MessageContentError.UnsupportedEncoding, MessageContent.TryRead(request, CpimLimits.Default, out _));
    }

    [Fact]
    public void A_text_that_asks_for_a_notice_says_so()
    {
        var body = ImdnHeaders.Ask(SipBody.FromText("grüße"), "id-1", "sip:a@x", "sip:b@y", Then);
        Assert.Equal(new MessageContent.Text("grüße") { MessageId = "id-1", WantsDeliveryNotice = true }, Read(body.ContentType, body.Bytes));
    }

    [Fact]
    public void A_notice_on_its_way_asks_for_none()
    {
        var notice = new ImdnNotice("id-1", ImdnKind.Delivery, ImdnStatus.Delivered);
        var body = ImdnHeaders.Tell(notice, "id-2", "sip:b@y", "sip:a@x", Then);
        Assert.Equal(new MessageContent.Notice(notice), Read(body.ContentType, body.Bytes));
        Assert.Contains("Content-Disposition: notification\r\n", body.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("imdn.Disposition-Notification", body.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "display", false)]
    [InlineData("", "negative-delivery, Positive-Delivery;x=y", true)]
    public void Only_the_notice_of_delivery_is_looked_for(string more, string wanted, bool wants)
    {
        var text = Cpim($"NS: i <urn:ietf:params:imdn>\r\ni.Message-ID: 1\r\n{more}i.Disposition-Notification: {wanted}\r\n", "Content-Type: text/plain\r\n", "hi");
        Assert.Equal(wants, Assert.IsType<MessageContent.Text>(Read("message/cpim", text)).WantsDeliveryNotice);
    }

    [Theory]
    [InlineData("base64", "aGVs\r\nbG8=", MessageContentError.None)]
    [InlineData("8bit", "hello", MessageContentError.None)]
    [InlineData("base64", "!", MessageContentError.Malformed)]
    [InlineData("quoted-printable", "hello", MessageContentError.UnsupportedEncoding)]
    public void The_encoding_of_an_enclosed_text_is_taken_off(string encoding, string content, MessageContentError error)
    {
        Assert.Equal(error, TryRead("message/cpim", Cpim("From: a\r\n", $"Content-Type: text/plain\r\nContent-Transfer-Encoding: {encoding}\r\n", content), out var read));
        Assert.Equal(error == MessageContentError.None ? new MessageContent.Text("hello") : null, read);
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace("-", "", StringComparison.Ordinal));

    private static byte[] Cpim(string headers, string described, string content) => Encoding.UTF8.GetBytes($"{headers}\r\n{described}\r\n{content}");

    private static SipRequest Request(string? type, ReadOnlyMemory<byte> body) =>
        new(SipMethod.Message, SipUri.Parse("sip:a@x")) { Headers = { ContentType = type }, Body = body };

    private static MessageContentError TryRead(string? type, ReadOnlyMemory<byte> body, out MessageContent? content) =>
        MessageContent.TryRead(Request(type, body), CpimLimits.Default, out content);

    private static MessageContent? Read(string? type, ReadOnlyMemory<byte> body)
    {
        Assert.Equal(MessageContentError.None, TryRead(type, body, out var content));
        return content;
    }
}
