using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Tests.Calls;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Tests.InstantMessages;

/// <summary>RFC 3428 4 and 8: a MESSAGE of ours up to its final response.</summary>
public class OutgoingMessageTests
{
    private static readonly SipCredentials Credentials = new("user", "secret");
    private readonly WirePeer _peer = new();

    [Fact]
    public void A_message_goes_out_without_contact_and_with_what_it_is()
    {
        Send(message => message with
        {
            Date = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)), Expires = TimeSpan.FromMinutes(5), Headers = [new SipHeader("P-Asserted-Identity", "<sip:+15550100@us.example>")], Route = [SipUri.Parse("sip:edge.example;lr")],
        });

        var request = _peer.NextRequest(SipMethod.Message);
        Assert.Equal(("sip:+15551234@trunk.example", "sip:+15550100@192.0.2.1"), (request.RequestUri.ToString(), request.From.Uri.ToString()));
        Assert.NotNull(request.From.Tag);
        Assert.Equal((null, "<sip:+15551234@trunk.example>"), (request.To.Tag, request.To.ToString()));
        Assert.Null(request.Headers.Contact);
        Assert.Equal(("text/plain", "hello"), (request.Headers.ContentType, SipBody.Of(request)!.Text));
        Assert.Equal(("Sun, 01 Mar 2026 11:00:00 GMT", TimeSpan.FromMinutes(5)), (request.Headers[SipHeaderNames.Date], request.Headers.Expires));
        Assert.Equal("<sip:edge.example;lr>", Assert.Single(request.Headers.Routes).ToString());
        Assert.Equal(70, request.Headers.MaxForwards);
        Assert.Equal("sip:+15550100@us.example", request.Headers.PAssertedIdentities[0].Uri.ToString());
        _peer.IsSilent();
    }

    [Theory]
    [InlineData("hello", "text/plain")]
    [InlineData("grüße", "text/plain;charset=UTF-8")]
    public void The_character_set_is_named_where_it_matters(string text, string type) => Assert.Equal(type, SipBody.FromText(text).ContentType);

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    public void Any_2xx_means_that_it_was_taken(int status)
    {
        Send();
        var request = _peer.NextRequest(SipMethod.Message);
        _peer.Wait(TimeSpan.FromMilliseconds(40));
        _peer.Respond(request, 100);
        Assert.Empty(_peer.MessageResults);
        _peer.Wait(TimeSpan.FromMilliseconds(20));
        _peer.Respond(request, status);

        var result = Assert.Single(_peer.MessageResults);
        Assert.True(result.IsTaken);
        Assert.Equal((status, TimeSpan.FromMilliseconds(60)), (result.Response!.Status, result.Elapsed));
    }

    [Fact]
    public void A_refusal_is_told_with_its_status()
    {
        Send();
        _peer.Respond(_peer.NextRequest(SipMethod.Message), 480);

        var result = Assert.Single(_peer.MessageResults);
        Assert.Equal((SipFailureOrigin.Response, 480), (result.Failure!.Origin, result.Failure.Status));
        Assert.False(result.IsTaken);
    }

    [Fact]
    public void Silence_ends_with_timer_F_after_eleven_datagrams()
    {
        Send();

        Assert.Equal(10, _peer.Wait(TimeSpan.FromSeconds(32)).Count);
        Assert.Equal(SipFailureOrigin.NoResponse, Assert.Single(_peer.MessageResults).Failure!.Origin);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(407)]
    public void A_challenged_message_is_sent_again_with_credentials_and_the_next_number(int status)
    {
        Send(message => message with { Credentials = Credentials });
        var first = _peer.NextRequest(SipMethod.Message);
        Challenge(first, status, "one");

        var second = _peer.NextRequest(SipMethod.Message);
        Assert.Equal((first.CallId, first.From, first.CSeq.Number + 1), (second.CallId, second.From, second.CSeq.Number));
        Assert.NotEqual(first.TopVia.Branch, second.TopVia.Branch);
        var answer = Assert.Single(status == 401 ? second.Headers.Authorization : second.Headers.ProxyAuthorization);
        Assert.True(answer.IsProofOf("secret", SipMethod.Message, second.Body.Span));
        _peer.Respond(second, 200);
        Assert.True(Assert.Single(_peer.MessageResults).IsTaken);
    }

    [Fact]
    public void A_second_refusal_means_a_wrong_password()
    {
        Send(message => message with { Credentials = Credentials });
        Challenge(_peer.NextRequest(SipMethod.Message), 401, "one");
        Challenge(_peer.NextRequest(SipMethod.Message), 401, "two");

        Assert.Equal(401, Assert.Single(_peer.MessageResults).Failure!.Status);
        _peer.IsSilent();
    }

    [Fact]
    public void Nothing_above_1300_octets_goes_over_UDP()
    {
        Send(message => message with { Body = SipBody.FromText(new string('a', 1_000)) });
        _peer.Wait(TimeSpan.Zero);

        Assert.Equal(SipFailureOrigin.TooLarge, Assert.Single(_peer.MessageResults).Failure!.Origin);
        _peer.IsSilent();
    }

    [Fact]
    public void The_largest_message_over_UDP_has_1300_octets_with_its_header_fields()
    {
        Send();
        var other = _peer.NextRequest(SipMethod.Message).ToArray().Length - "hello".Length;
        _peer.Forget();
        // Content-Length has three more digits.
        Send(message => message with { Body = SipBody.FromText(new string('a', 1_300 - other - 2)) });
        Assert.InRange(_peer.NextRequest(SipMethod.Message).ToArray().Length, 1_295, 1_300);
    }

    [Fact]
    public void A_long_message_goes_over_TCP_where_the_hop_takes_that_and_over_nothing_else()
    {
        Send(message => message with { Body = SipBody.FromText(new string('a', 2_000)), NextHop = new SipHop(WirePeer.Them) { TakesLargeOverTcp = true } });
        _peer.NextRequest(SipMethod.Message);
        Assert.Equal(SipTransport.Tcp, _peer.LastHop.Transport);

        _peer.Tell((agent, now) => agent.HandleTransportError(_peer.LastHop, now));
        var result = Assert.Single(_peer.MessageResults);
        Assert.Equal((SipFailureOrigin.Transport, SipTransport.Tcp), (result.Failure!.Origin, result.Hop.Transport));
        _peer.IsSilent();
    }

    [Fact]
    public void Nothing_is_repeated_on_a_stream()
    {
        Send(message => message with { NextHop = new SipHop(WirePeer.Them, SipTransport.Tls) });

        Assert.Empty(_peer.Wait(TimeSpan.FromSeconds(31)));
        _peer.Respond(_peer.NextRequest(SipMethod.Message), 202);
        Assert.True(Assert.Single(_peer.MessageResults).IsTaken);
    }

    private void Send(Func<InstantMessage, InstantMessage>? configure = null)
    {
        var message = new InstantMessage
        {
            RequestUri = SipUri.Parse("sip:+15551234@trunk.example"),
            From = new SipNameAddr(SipUri.Parse("sip:+15550100@192.0.2.1")),
            NextHop = WirePeer.Them,
            Body = SipBody.FromText("hello"),
        };
        _peer.Tell((agent, now) => agent.SendMessage(configure?.Invoke(message) ?? message, now));
    }

    private void Challenge(SipRequest request, int status, string nonce) => _peer.Respond(request, status, response =>
        response.Headers.Add(status == 401 ? SipHeaderNames.WwwAuthenticate : SipHeaderNames.ProxyAuthenticate, $"Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\""));
}
