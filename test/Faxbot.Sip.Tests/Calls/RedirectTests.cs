using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>RFC 3261 8.1.3.4: redirections.</summary>
public sealed class RedirectTests
{
    private readonly WirePeer _peer = new();

    [Fact]
    public void No_redirection_is_followed_unless_the_caller_says_so()
    {
        _peer.Call();

        Redirect(_peer.NextRequest(SipMethod.Invite), "sip:other@trunk.example");

        Assert.Equal("sip:other@trunk.example", _peer.NextEvent<SipCallEvent.Failed>().Failure.Contacts[0].Uri.ToString());
        _peer.IsSilent();
    }

    [Fact]
    public void The_first_contact_that_may_be_followed_is()
    {
        Call();
        var first = _peer.NextRequest(SipMethod.Invite);

        Redirect(first, "sip:toll@premium.example", "sip:other@trunk.example;method=BYE?Subject=x");

        var second = _peer.NextRequest(SipMethod.Invite);
        Assert.Equal("sip:other@trunk.example", second.RequestUri.ToString());
        Assert.Equal((first.CallId, first.From, first.CSeq.Number + 1, first.To.Uri), (second.CallId, second.From, second.CSeq.Number, second.To.Uri));
    }

    [Fact]
    public void A_circle_ends()
    {
        Call();
        Redirect(_peer.NextRequest(SipMethod.Invite), "sip:other@trunk.example");
        Redirect(_peer.NextRequest(SipMethod.Invite), "sip:+15551234@trunk.example", "sip:other@trunk.example");

        Assert.Equal(302, _peer.NextEvent<SipCallEvent.Failed>().Failure.Status);
        _peer.IsSilent();
    }

    private void Call() => _peer.Call(invite => invite with { MayFollow = contact => contact.Host == "trunk.example" });

    private void Redirect(SipRequest invite, params string[] contacts)
    {
        _peer.Respond(invite, 302, response => response.Headers.Contacts = [.. contacts.Select(contact => new SipNameAddr(SipUri.Parse(contact)))]);
        _peer.NextRequest(SipMethod.Ack);
    }
}
