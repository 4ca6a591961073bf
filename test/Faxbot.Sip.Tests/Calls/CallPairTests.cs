using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>Two of our user agents and a network between them.</summary>
public class CallPairTests
{
    private readonly SimulatedNetwork _network = new(1);
    private readonly SimulatedHost _caller;
    private readonly SimulatedHost _callee;

    public CallPairTests()
    {
        _caller = _network.Add(new SimulatedHost("192.0.2.1:5060", 1));
        _callee = _network.Add(new SimulatedHost("192.0.2.2:5060", 2));
    }

    [Fact]
    public void A_fax_call_rings_is_answered_switches_to_T38_and_ends()
    {
        _callee.Script = (@event, now) =>
        {
            switch (@event)
            {
                case SipCallEvent.Incoming incoming:
                    incoming.Call.Ring(now);
                    incoming.Call.Answer(SipBody.FromSdp("callee audio"), now);
                    break;
                case SipCallEvent.Acknowledged { IsReinvite: false } acknowledged:
                    acknowledged.Call.Reinvite(SipBody.FromSdp("callee T.38"), now);
                    break;
            }
        };
        _caller.Script = (@event, now) =>
        {
            if (@event is SipCallEvent.Offered offered)
            {
                offered.Call.AnswerReinvite(SipBody.FromSdp("caller T.38"), now);
                _network.At(now + TimeSpan.FromSeconds(60), later => offered.Call.HangUp(later, new SipReason("Q.850", 16, null)));
            }
        };

        _caller.Call(_callee, "caller audio", _network.Now);
        _network.Run(TimeSpan.FromMinutes(3));

        Assert.Equal(180, _caller.Single<SipCallEvent.Provisional>().Response.Status);
        Assert.Equal("callee audio", _caller.Single<SipCallEvent.Answered>().Body!.Text);
        Assert.Equal("callee T.38", _caller.Single<SipCallEvent.Offered>().Body!.Text);
        Assert.Equal("caller T.38", _callee.Single<SipCallEvent.ReinviteAnswered>().Body!.Text);
        Assert.Equal(SipEndCause.Local, _caller.Single<SipCallEvent.Ended>().Cause);
        var ended = _callee.Single<SipCallEvent.Ended>();
        Assert.Equal((SipEndCause.Remote, 16), (ended.Cause, ended.Reasons[0].Cause));
        Assert.Equal((0, 0), (_caller.Agent.TransactionCount, _callee.Agent.TransactionCount));
        Assert.True(_caller.Agent.IsIdle && _callee.Agent.IsIdle);
    }
}
