using Faxbot.Sip.Auth;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Tests.Calls;

namespace Faxbot.Sip.Tests.InstantMessages;

/// <summary>RFC 3428 7: a MESSAGE of a peer's.</summary>
public class IncomingMessageTests
{
    private readonly WirePeer _peer = new(options => options with { TakesMessages = true, LargestMessageBody = 100 });

    [Fact]
    public void It_is_answered_once_the_user_says_so_and_its_retransmissions_get_the_same_answer()
    {
        var request = Message();
        _peer.Receive(request);
        _peer.Receive(request);
        _peer.IsSilent();
        var message = Assert.Single(_peer.Messages);
        Assert.Equal(WirePeer.Them, message.Peer.EndPoint);

        _peer.Do(now => message.Accept(now));
        var answer = _peer.NextResponse(200);
        Assert.NotNull(answer.To.Tag);
        Assert.Null(answer.Headers.Contact);
        Assert.True(answer.Body.IsEmpty);
        _peer.Receive(request);
        Assert.Equal(answer.ToArray(), _peer.NextResponse(200).ToArray());
        Assert.Single(_peer.Messages);
        Assert.False(message.Accept(_peer.Now));
        Assert.False(message.Reject(480, _peer.Now));
        _peer.IsSilent();
    }

    [Fact]
    public void What_is_only_kept_is_answered_202()
    {
        _peer.Receive(Message());
        _peer.Do(now => _peer.Messages.Dequeue().Accept(now, isForLater: true));
        _peer.NextResponse(202);
    }

    [Fact]
    public void Postponing_names_a_time()
    {
        _peer.Receive(Message());
        _peer.Do(now => _peer.Messages.Dequeue().Postpone(TimeSpan.FromSeconds(5), now));
        Assert.Equal(TimeSpan.FromSeconds(5), _peer.NextResponse(503).Headers.RetryAfter!.Delay);
    }

    [Fact]
    public void Whoever_must_prove_who_it_is_is_challenged()
    {
        _peer.Receive(Message());
        _peer.Do(now => _peer.Messages.Dequeue().Challenge(new DigestChallenge("r", "n"), now));
        Assert.Equal("r", Assert.Single(_peer.NextResponse(401).Headers.WwwAuthenticate).Realm);
    }

    [Theory]
    [InlineData(MessageContentError.UnsupportedType, 415, "text/plain, message/cpim, message/imdn+xml")]
    [InlineData(MessageContentError.UnsupportedEncoding, 415, "text/plain, message/cpim, message/imdn+xml")]
    [InlineData(MessageContentError.Malformed, 400, null)]
    public void What_cannot_be_read_is_refused_with_what_can_be(MessageContentError error, int status, string? accepted)
    {
        _peer.Receive(Message());
        _peer.Do(now => _peer.Messages.Dequeue().Reject(error, now));
        Assert.Equal(accepted, _peer.NextResponse(status).Headers[SipHeaderNames.Accept]);
    }

    [Fact]
    public void A_405_says_what_is_allowed()
    {
        _peer.Receive(Message());
        _peer.Do(now => _peer.Messages.Dequeue().Reject(405, now));
        Assert.DoesNotContain("MESSAGE", _peer.NextResponse(405).Headers.Allow!);
    }

    [Fact]
    public void One_that_is_too_large_is_refused()
    {
        _peer.Receive(Message(new string('a', 101)));
        _peer.NextResponse(413);
        Assert.Empty(_peer.Messages);
    }

    [Fact]
    public void Those_who_are_ignored_get_no_answer()
    {
        _peer.Agent.Ignores = _ => true;
        Assert.Equal(SipInputResult.Ignored, _peer.Receive(Message()));
        _peer.IsSilent();
        Assert.Empty(_peer.Messages);
    }

    [Fact]
    public void Within_a_call_it_is_not_allowed_and_the_call_goes_on()
    {
        var (call, ok) = _peer.EstablishIncoming();
        _peer.Receive(_peer.CreateWithin(ok, SipMethod.Message, 2, SipBody.FromText("hello")));
        _peer.NextResponse(405);
        Assert.Empty(_peer.Messages);
        Assert.Equal(SipCallState.Connected, call.State);
    }

    [Fact]
    public void OPTIONS_says_whether_messages_are_taken()
    {
        foreach (var (peer, takes) in new[] { (_peer, true), (new WirePeer(), false) })
        {
            peer.Receive(peer.Create(SipMethod.Options, SipUri.Parse($"sip:{WirePeer.Us}"), 1));
            var answer = peer.NextResponse(200);
            Assert.Equal(takes, answer.Headers.Allow!.Contains("MESSAGE"));
            Assert.Equal(takes, answer.Headers[SipHeaderNames.Accept]!.Contains("text/plain", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Where_none_are_taken_it_is_not_allowed()
    {
        var peer = new WirePeer();
        peer.Receive(Message());
        Assert.DoesNotContain("MESSAGE", peer.NextResponse(405).Headers.Allow!);
        Assert.Empty(peer.Messages);
    }

    private SipRequest Message(string text = "hello")
    {
        var request = _peer.Create(SipMethod.Message, SipUri.Parse($"sip:+15550100@{WirePeer.Us}"), 1);
        request.Headers.Remove(SipHeaderNames.Contact);
        var body = SipBody.FromText(text);
        request.SetBody(body.ContentType, body.Bytes);
        return request;
    }
}
