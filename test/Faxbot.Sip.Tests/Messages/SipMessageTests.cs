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
        var request = (SipRequest)Read(Invite);

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
    public void Reads_and_writes_each_message_of_the_Asterisk_lab()
    {
        var messages = SipCorpus.LabMessages();
        Assert.True(messages.Count >= 30);
        Assert.All(messages, octets =>
        {
            Assert.Equal(SipParseError.None, SipMessage.TryParse(octets, SipLimits.Default, out var message));
            SipCorpus.AssertWritesWhatItReads(message!);
        });
    }

    [Fact]
    public void Lone_line_feeds_end_lines_too() =>
        Assert.Equal(Read(Invite).Headers, Read(Invite.ReplaceLineEndings("\n").Replace("Content-Length: 5", "Content-Length: 4", StringComparison.Ordinal), wire: false).Headers);

    [Fact]
    public void Without_a_length_the_rest_of_a_datagram_is_the_body() =>
        Assert.Equal(5, Read(Invite.Replace("Content-Length: 5\n", "", StringComparison.Ordinal)).Body.Length);

    [Fact]
    public void Line_ends_before_a_message_are_passed_over() => Assert.IsType<SipRequest>(Read("\r\n\r\n" + Invite));

    [Fact]
    public void Text_that_is_no_UTF_8_is_read_as_Latin_1()
    {
        var octets = Encoding.Latin1.GetBytes(Invite.ReplaceLineEndings("\r\n").Replace("Fax ", "Fäx ", StringComparison.Ordinal));

        Assert.Equal(SipParseError.None, SipMessage.TryParse(octets, SipLimits.Default, out var message));
        Assert.Equal("Fäx \"1\"", message!.From.DisplayName);
        SipCorpus.AssertWritesWhatItReads(message);
    }

    [Theory]
    [InlineData("", SipParseError.Empty)]
    [InlineData("\r\n\r\n", SipParseError.Empty)]
    [InlineData("INVITE", SipParseError.BadStartLine)]
    [InlineData("INVITE sip:a@b SIP/2.0", SipParseError.BadStartLine)]
    [InlineData("INVITE sip:a@b\r\n\r\n", SipParseError.BadStartLine)]
    [InlineData("INVITE sip:a@b HTTP/1.1\r\n\r\n", SipParseError.BadStartLine)]
    [InlineData("IN(VITE sip:a@b SIP/2.0\r\n\r\n", SipParseError.BadStartLine)]
    [InlineData("SIP/2.0\r\n\r\n", SipParseError.BadStartLine)]
    [InlineData("SIP/3.0 200 OK\r\n\r\n", SipParseError.UnsupportedVersion)]
    [InlineData("SIP/2.0 099 OK\r\n\r\n", SipParseError.BadStatusCode)]
    [InlineData("SIP/2.0 700 OK\r\n\r\n", SipParseError.BadStatusCode)]
    [InlineData("SIP/2.0 2x0 OK\r\n\r\n", SipParseError.BadStatusCode)]
    [InlineData("SIP/2.0 200 OK\r\n\r\n", SipParseError.MissingHeader)]
    [InlineData("SIP/2.0 200 OK\r\nVia: x", SipParseError.UnterminatedHeaders)]
    [InlineData("SIP/2.0 200 OK\r\nVia SIP/2.0/UDP h\r\n\r\n", SipParseError.BadHeaderLine)]
    [InlineData("SIP/2.0 200 OK\r\n: x\r\n\r\n", SipParseError.BadHeaderLine)]
    [InlineData("SIP/2.0 200 OK\r\nVia: a\rb\r\n\r\n", SipParseError.BadHeaderLine)]
    public void Refuses_what_is_no_message(string text, SipParseError expected)
    {
        Assert.Equal(expected, SipMessage.TryParse(Encoding.UTF8.GetBytes(text), SipLimits.Default, out var message));
        Assert.Null(message);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/TCP first.example.com", "Via: SIP/2.0/TCP", SipParseError.BadVia)]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", SipParseError.BadMaxForwards)]
    [InlineData("Max-Forwards: 70", "Route: sip:a,b", SipParseError.BadRoute)]
    [InlineData("Max-Forwards: 70", "Record-Route: <sip:a", SipParseError.BadRoute)]
    [InlineData("Max-Forwards: 70", "m: *", SipParseError.BadContact)]
    [InlineData("CSeq: 2025 INVITE", "CSeq: 2025 BYE", SipParseError.MethodMismatch)]
    [InlineData("Max-Forwards: 70", "t: <sip:x@y>", SipParseError.DuplicateHeader)]
    [InlineData("Content-Length: 5", "Content-Length: 6", SipParseError.TruncatedBody)]
    [InlineData("Content-Length: 5", "l: 5, 5", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 5", "l: 99999999999999999999", SipParseError.BadContentLength)]
    public void Tells_what_is_wrong_and_leaves_a_message_that_can_be_answered(string good, string bad, SipParseError expected)
    {
        var error = SipMessage.TryParse(Bytes(Invite.Replace(good, bad, StringComparison.Ordinal)), SipLimits.Default, out var message);

        Assert.Equal(expected, error);
        var response = Assert.IsType<SipRequest>(message).CreateResponse(400);

        // A Via below the top one is the business of those who come after the next hop.
        Assert.Equal(
            expected == SipParseError.BadVia ? expected : SipParseError.None, SipMessage.TryParse(response.ToArray(), SipLimits.Default, out _));
    }

    [Theory]
    [InlineData("Call-ID: f0ab9d90@example", "Call-ID:", SipParseError.BadCallId)]
    [InlineData("Call-ID: f0ab9d90@example", "Call-ID: a b", SipParseError.BadCallId)]
    [InlineData("CSeq: 2025 INVITE", "CSeq: 2147483648 INVITE", SipParseError.BadCSeq)]
    [InlineData("CSeq: 2025 INVITE", "CSeq: INVITE", SipParseError.BadCSeq)]
    [InlineData("To: <sip:99910001@127.0.0.1>", "To: <sip:>", SipParseError.BadTo)]
    [InlineData("f: \"Fax", "f: x \"Fax", SipParseError.BadFrom)]
    [InlineData("CSeq: 2025 INVITE", "X: y", SipParseError.MissingHeader)]
    public void A_message_that_cannot_be_answered_is_not_handed_out(string good, string bad, SipParseError expected)
    {
        Assert.Equal(expected, SipMessage.TryParse(Bytes(Invite.Replace(good, bad, StringComparison.Ordinal)), SipLimits.Default, out var message));
        Assert.Null(message);
    }

    [Fact]
    public void Each_limit_holds()
    {
        var octets = Bytes(Invite);
        Assert.Equal(SipParseError.None, Error(new SipLimits { MaxMessageLength = octets.Length, MaxHeaderCount = 12, MaxListEntries = 2 }));
        Assert.Equal(SipParseError.MessageTooLarge, Error(new SipLimits { MaxMessageLength = octets.Length - 1 }));
        Assert.Equal(SipParseError.BadStartLine, Error(new SipLimits { MaxStartLineLength = 20 }));
        Assert.Equal(SipParseError.TooManyHeaders, Error(new SipLimits { MaxHeaderCount = 11 }));
        Assert.Equal(SipParseError.TooManyHeaders, Error(new SipLimits { MaxHeaderCount = 2 }));
        Assert.Equal(SipParseError.HeaderTooLong, Error(new SipLimits { MaxHeaderLength = 60 }));
        Assert.Equal(SipParseError.UriTooLong, Error(new SipLimits { MaxUriLength = 20 }));
        Assert.Equal(SipParseError.TooManyListEntries, Error(new SipLimits { MaxListEntries = 1 }));

        SipParseError Error(SipLimits limits) => SipMessage.TryParse(octets, limits, out _);
    }

    [Fact]
    public void A_response_takes_what_8_2_6_2_says_from_its_request()
    {
        var request = (SipRequest)Read(Invite);
        var response = request.CreateResponse(200, toTag: "ours");

        Assert.Equal("OK", response.Reason);
        Assert.Equal(request.Headers.Vias, response.Headers.Vias);
        Assert.Equal((request.From, request.CallId, request.CSeq), (response.From, response.CallId, response.CSeq));
        Assert.Equal("ours", response.To.Tag);
        Assert.Null(request.To.Tag);
        Assert.Null(request.CreateResponse(100, toTag: "ours").To.Tag);

        request.To = request.To.WithTag("theirs");
        Assert.Equal("theirs", request.CreateResponse(200, toTag: "ours").To.Tag);
    }

    [Fact]
    public void A_clone_changes_by_itself()
    {
        var request = (SipRequest)Read(Invite);
        var clone = request.Clone();
        clone.Headers.MaxForwards = 1;
        clone.Headers.PrependVia(new SipVia("UDP", "proxy.example") { Branch = "z9hG4bKnew", HasRPort = true });

        Assert.Equal(70, request.Headers.MaxForwards);
        Assert.Equal(3, request.Headers.Vias.Count);
        Assert.Equal("SIP/2.0/UDP proxy.example;branch=z9hG4bKnew;rport", clone.Headers["Via"]);
    }

    [Fact]
    public void Nothing_that_callers_set_can_break_a_line()
    {
        var request = (SipRequest)Read(Invite);

        Assert.Throws<ArgumentException>(() => request.Headers.Add("X", "a\r\nVia: b"));
        Assert.Throws<ArgumentException>(() => request.Headers.Add("X:", "a"));
        Assert.Throws<ArgumentException>(() => request.Headers["X"] = "a\nb");
        Assert.Throws<ArgumentException>(() => request.Headers.From = request.From with { DisplayName = "a\r\nb" });
        Assert.Throws<InvalidOperationException>(() => new SipResponse(200, "OK\r\nVia: b").ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SipResponse(99));
    }

    private static SipMessage Read(string text, bool wire = true)
    {
        Assert.Equal(SipParseError.None, SipMessage.TryParse(wire ? Bytes(text) : Encoding.UTF8.GetBytes(text), SipLimits.Default, out var message));
        return message!;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
