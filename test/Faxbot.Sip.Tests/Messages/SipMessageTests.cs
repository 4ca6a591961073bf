using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class SipMessageTests
{
    private const string Invite = """
        INVITE sip:99910001@127.0.0.1:5570 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5560;rport;branch=z9hG4bKPj6f2b79f1
        Via: SIP/2.0/TCP first.example.com, SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bK1
        f: "Fax \"1\"" <sip:5550100@127.0.0.1>;tag=5f4f45a0
        To: <sip:99910001@127.0.0.1>
        Call-ID: f0ab9d90@example
        CSeq: 2025 INVITE
        X-Odd:   keeps  its   spaces
        Contact: <sip:asterisk@127.0.0.1:5560>
        Max-Forwards: 70
        Content-Type: application/sdp
        Content-Length: 5

        v=0

        """;

    [Fact]
    public void Reads_the_fields_of_an_INVITE()
    {
        var error = SipMessage.TryParse(Bytes(Invite), SipLimits.Default, out var message);

        Assert.Equal(SipParseError.None, error);
        var request = Assert.IsType<SipRequest>(message);
        Assert.Same(SipMethod.Invite, request.Method);
        Assert.Equal(5570, request.RequestUri.Port);
        Assert.Equal("99910001", request.RequestUri.User);
        Assert.Equal(3, request.Headers.Vias.Count);
        Assert.True(request.TopVia.HasRPort);
        Assert.Null(request.TopVia.RPort);
        Assert.Equal("2001:db8::1", request.Headers.Vias[2].Host);
        Assert.Equal("Fax \"1\"", request.From.DisplayName);
        Assert.Equal("5f4f45a0", request.From.Tag);
        Assert.Equal(new SipCSeq(2025, SipMethod.Invite), request.CSeq);
        Assert.Equal("keeps  its   spaces", request.Headers["x-odd"]);
        Assert.Equal("v=0\r\n", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public void Writes_what_it_read_so_that_it_reads_the_same_again()
    {
        SipMessage.TryParse(Bytes(Invite), SipLimits.Default, out var first);
        var written = first!.ToArray();
        var error = SipMessage.TryParse(written, SipLimits.Default, out var second);

        Assert.Equal(SipParseError.None, error);
        Assert.Equal(first.Headers, second!.Headers);
        Assert.Equal(written, second.ToArray());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
