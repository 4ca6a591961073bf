using Faxbot.Sip.Calls;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>Whole calls through a bad network: each must come to an end that both sides know, whatever was lost.</summary>
public class LossyCallTests
{
    private const int Seeds = 500;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.15)]
    [InlineData(0.30)]
    public void Every_call_through_a_lossy_network_ends_with_one_definite_event_on_each_side(double loss)
    {
        var answered = 0;
        var switched = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed, loss);
            run.Execute();
            answered += run.Caller.Events.OfType<SipCallEvent.Answered>().Count();
            switched += run.Caller.Events.Concat(run.Callee.Events).OfType<SipCallEvent.ReinviteAnswered>().Any() ? 1 : 0;
        }

        // Eleven tries of an INVITE all fail, at a loss of 30 % each way, once in thousands.
        Assert.True(answered > Seeds * 0.9, $"{answered} of {Seeds} answered");
        Assert.True(switched > Seeds * 0.5, $"{switched} of {Seeds} switched");
    }

    [Fact]
    public void The_same_seed_makes_the_same_call()
    {
        var first = new Run(7, 0.3);
        var second = new Run(7, 0.3);
        first.Execute();
        second.Execute();

        Assert.Equal(first.Network.Trace, second.Network.Trace);
    }

    /// <summary>One call whose script is thrown with the seed's dice.</summary>
    private sealed class Run
    {
        private readonly SeededEntropy _dice;
        private readonly bool _callerSwitches;
        private readonly bool _calleeSwitches;
        private readonly bool _isRejected;
        private readonly bool _isCancelled;
        private readonly TimeSpan _callerLeaves;
        private readonly TimeSpan _calleeLeaves;

        public Run(ulong seed, double loss)
        {
            _dice = new SeededEntropy(seed * 31 + 5);
            Network = new SimulatedNetwork(seed)
            {
                Loss = loss,
                Duplication = 0.05,
                Delay = TimeSpan.FromMilliseconds(20),
                Jitter = TimeSpan.FromMilliseconds(_dice.Next(3) * 200),
            };
            _isRejected = _dice.Next(20) == 0;
            _isCancelled = _dice.Next(20) == 0;
            _callerSwitches = _dice.Next(2) == 0;
            _calleeSwitches = !_callerSwitches || _dice.Next(2) == 0;
            _callerLeaves = TimeSpan.FromSeconds(60 + _dice.Next(20));
            _calleeLeaves = TimeSpan.FromSeconds(60 + _dice.Next(20));
            Caller = Network.Add(new SimulatedHost("192.0.2.1:5060", seed * 2));
            Callee = Network.Add(new SimulatedHost("192.0.2.2:5060", (seed * 2) + 1));
            Caller.Script = RunCaller;
            Callee.Script = RunCallee;
        }

        public SimulatedNetwork Network { get; }

        public SimulatedHost Caller { get; }

        public SimulatedHost Callee { get; }

        public void Execute()
        {
            var call = Caller.Call(Callee, "caller audio", TimeSpan.Zero);
            if (_isCancelled)
            {
                Network.At(TimeSpan.FromMilliseconds(_dice.Next(4000)), now => call.HangUp(now));
            }

            Network.Run(TimeSpan.FromMinutes(6));
            CheckEvents(Caller);
            CheckEvents(Callee);
            Assert.Single(Caller.Events, @event => @event.IsLast);
            foreach (var host in new[] { Caller, Callee })
            {
                Assert.Equal((0, 0), (host.Agent.CallCount, host.Agent.TransactionCount));
                Assert.Null(host.Agent.Deadline);
            }
        }

        private static void CheckEvents(SimulatedHost host)
        {
            foreach (var call in host.Events.GroupBy(@event => @event.Call))
            {
                Assert.True(call.Last().IsLast, $"{host.EndPoint}: {call.Last()}");
                Assert.Single(call, @event => @event.IsLast);
                Assert.True(call.Count(@event => @event is SipCallEvent.Answered or SipCallEvent.Incoming) <= 1);
            }
        }

        private void RunCaller(SipCallEvent @event, TimeSpan now)
        {
            switch (@event)
            {
                case SipCallEvent.Answered answered:
                    Network.At(now + _callerLeaves, later => answered.Call.HangUp(later));
                    if (_callerSwitches)
                    {
                        Network.At(now + TimeSpan.FromMilliseconds(_dice.Next(500)), later => answered.Call.Reinvite(SipBody.FromSdp("caller T.38"), later));
                    }

                    break;
                case SipCallEvent.Offered offered:
                    AnswerOffer(offered, now);
                    break;
            }
        }

        private void RunCallee(SipCallEvent @event, TimeSpan now)
        {
            switch (@event)
            {
                case SipCallEvent.Incoming incoming when _isRejected:
                    incoming.Call.Reject(486, now);
                    break;
                case SipCallEvent.Incoming incoming:
                    incoming.Call.Ring(now);
                    Network.At(now + TimeSpan.FromMilliseconds(_dice.Next(3000)), later => incoming.Call.Answer(SipBody.FromSdp("callee audio"), later));
                    Network.At(now + _calleeLeaves, later => incoming.Call.HangUp(later));
                    break;
                case SipCallEvent.Acknowledged { IsReinvite: false } acknowledged when _calleeSwitches:
                    acknowledged.Call.Reinvite(SipBody.FromSdp("callee T.38"), now);
                    break;
                case SipCallEvent.Offered offered:
                    AnswerOffer(offered, now);
                    break;
            }
        }

        private void AnswerOffer(SipCallEvent.Offered offered, TimeSpan now)
        {
            if (_dice.Next(10) == 0)
            {
                offered.Call.RejectReinvite(488, now);
                return;
            }

            Network.At(now + TimeSpan.FromMilliseconds(_dice.Next(200)), later => offered.Call.AnswerReinvite(SipBody.FromSdp("T.38 answer"), later));
        }
    }
}
