using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>A server that says nothing in time is given up, so that another may be asked; what it says late must not become a second call.</summary>
public sealed class AbandonedServerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WirePeer _peer = new();
    private readonly SipRequest _invite;

    public AbandonedServerTests()
    {
        _peer.Call(invite => invite with { ResponseTimeout = 6 * Second });
        _invite = _peer.NextRequest(SipMethod.Invite);
    }

    [Fact]
    public void Fails_when_its_time_is_over_and_is_sent_nothing_more()
    {
        Assert.Equal([0.5, 1.5, 3.5], _peer.Wait(60 * Second).Select(moment => moment.TotalSeconds));

        Assert.Equal(SipFailureOrigin.NoResponse, _peer.NextEvent<SipCallEvent.Failed>().Failure.Origin);
        Assert.True(_peer.Agent.IsIdle);
    }

    [Fact]
    public void Has_all_time_once_it_has_said_100()
    {
        _peer.Respond(_invite, 100);

        Assert.Empty(_peer.Wait(60 * Second));
        Assert.Equal(1, _peer.Agent.CallCount);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(180)]
    public void Is_cancelled_when_it_rings_late(int status)
    {
        GiveUp();
        _peer.Respond(_invite, status);

        var cancel = _peer.NextRequest(SipMethod.Cancel);
        Assert.Equal((_invite.TopVia.Branch, _invite.CallId), (cancel.TopVia.Branch, cancel.CallId));
        _peer.Respond(cancel, 200);
        _peer.Respond(_invite, status);
        _peer.Respond(_invite, 487);
        _peer.NextRequest(SipMethod.Ack);
        _peer.IsSilent();
        _peer.Wait(60 * Second);
        Assert.Equal((true, 0), (_peer.Agent.IsIdle, _peer.Agent.TransactionCount));
    }

    [Fact]
    public void Is_forgotten_when_it_rings_late_and_says_nothing_more()
    {
        GiveUp();
        _peer.Respond(_invite, 180);
        _peer.Respond(_peer.NextRequest(SipMethod.Cancel), 200);
        _peer.Wait(60 * Second);

        Assert.Equal(0, _peer.Agent.TransactionCount);
    }

    [Fact]
    public void Is_acknowledged_and_hung_up_when_it_answers_late()
    {
        GiveUp();
        _peer.RespondWithBody(_invite, 200, WirePeer.TheirAudio);

        Assert.Equal("them", _peer.NextRequest(SipMethod.Ack).To.Tag);
        _peer.Respond(_peer.NextRequest(SipMethod.Bye), 200);
        _peer.IsSilent();
    }

    private void GiveUp()
    {
        _peer.Wait(7 * Second);
        _peer.NextEvent<SipCallEvent.Failed>();
        _peer.Forget();
    }
}
