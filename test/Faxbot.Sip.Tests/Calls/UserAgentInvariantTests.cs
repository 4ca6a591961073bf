using System.Net;
using CsCheck;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>What holds whatever peers and owners do, in whatever order.</summary>
public class UserAgentInvariantTests
{
    private static readonly IPEndPoint Us = WirePeer.Us;

    [Fact]
    public void Random_commands_and_datagrams_never_break_the_invariants_of_the_machine() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 999].List[0, 120]).Sample((seed, steps) => new Rampage(seed).Run(steps), iter: 500);

    /// <summary>An agent under random fire: commands on all its calls, echoes and mutations of its own messages, and time.</summary>
    private sealed class Rampage
    {
        private readonly SeededEntropy _dice;
        private readonly SipUserAgent _agent;
        private readonly List<SipCall> _calls = [];
        private readonly List<ReadOnlyMemory<byte>> _seen = [];
        private readonly Dictionary<SipCall, int> _lastEvents = [];
        private TimeSpan _now;
        private int _branch;

        public Rampage(ulong seed)
        {
            _dice = new SeededEntropy(seed);
            _agent = new SipUserAgent(new SipUserAgentOptions
            {
                LocalEndPoint = Us,
                Entropy = new SeededEntropy(seed + 1).Source,
                MaxCalls = 8,
                MaxTransactions = 40,
            });
        }

        public void Run(List<int> steps)
        {
            foreach (var step in steps)
            {
                Step(step);
                Drain();
                TickEarly();
                Assert.True(_agent.CallCount <= 8);
                Assert.True(_agent.TransactionCount <= 40 + (8 * 20), $"{_agent.TransactionCount} transactions");
            }

            // Left alone, and hung up, everything comes to an end.
            _calls.ForEach(call => call.HangUp(_now));
            for (var ticks = 0; _agent.Deadline is { } deadline; ticks++)
            {
                Assert.True(ticks < 5_000);
                _now = deadline > _now ? deadline : _now;
                _agent.HandleTimeout(_now);
                Drain();
            }

            Assert.Equal((0, 0), (_agent.CallCount, _agent.TransactionCount));
            Assert.All(_calls, call => Assert.Equal((1, SipCallState.Ended), (_lastEvents.GetValueOrDefault(call), call.State)));
        }

        private void Step(int step)
        {
            switch (step % 10)
            {
                case 0:
                    Invite();
                    break;
                case 1:
                    ReceiveInvite();
                    break;
                case 2 or 3 when _calls.Count > 0:
                    Command(_calls[step / 10 % _calls.Count]);
                    break;
                case 4:
                    _now += TimeSpan.FromMilliseconds(_dice.Next(3000));
                    _agent.HandleTimeout(_now);
                    break;
                case 5 when _seen.Count > 0:
                    ReceiveMutation(_seen[_dice.Next(_seen.Count)].ToArray());
                    break;
                case 6 when _dice.Next(8) == 0:
                    _agent.HandleTransportError(WirePeer.Them, _now);
                    break;
                default:
                    React();
                    break;
            }
        }

        private void Invite()
        {
            var call = _agent.Invite(
                new InviteRequest
                {
                    RequestUri = SipUri.Parse("sip:1@trunk.example"),
                    From = new SipNameAddr(SipUri.Parse("sip:2@trunk.example")),
                    NextHop = WirePeer.Them,
                    Body = WirePeer.OurAudio,
                    Credentials = new SipCredentials("u", "p"),
                    RingTimeout = TimeSpan.FromSeconds(_dice.Next(60)),
                },
                _now);
            _calls.Add(call);
        }

        private void ReceiveInvite()
        {
            var invite = new SipRequest(SipMethod.Invite, SipUri.Parse($"sip:fax@{Us}"))
            {
                From = new SipNameAddr(SipUri.Parse("sip:gw@trunk.example")).WithTag("them"),
                To = new SipNameAddr(SipUri.Parse($"sip:fax@{Us}")),
                CallId = $"in{_branch}",
                CSeq = new SipCSeq(1, SipMethod.Invite),
            };
            invite.Headers.PrependVia(NewVia());
            invite.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{WirePeer.Them}"));
            if (_dice.Next(3) > 0)
            {
                invite.SetBody(SipBody.Sdp, WirePeer.TheirAudio.Bytes);
            }

            if (_dice.Next(4) == 0)
            {
                invite.Headers.Add("Session-Expires", "90;refresher=uas");
                invite.Headers.Add("Supported", "timer");
            }

            Receive(invite);
        }

        private void Command(SipCall call)
        {
            var ended = call.State == SipCallState.Ended;
            var done = _dice.Next(8) switch
            {
                0 => call.Ring(_now),
                1 => call.Answer(WirePeer.OurAudio, _now),
                2 => call.Reject(486, _now),
                3 => call.Reinvite(WirePeer.OurFax, _now),
                4 => call.AnswerReinvite(WirePeer.OurFax, _now),
                5 => call.RejectReinvite(488, _now),
                6 => call.AbandonReinvite(),
                _ => call.HangUp(_now),
            };
            Assert.False(done && ended);
        }

        // Answers something that the agent sent, or sends something within one of its dialogs.
        private void React()
        {
            if (_seen.Count == 0 || SipMessage.TryParse(_seen[^(1 + _dice.Next(Math.Min(6, _seen.Count)))].Span, SipLimits.Default, out var message) != 0)
            {
                return;
            }

            if (message is SipRequest request && _dice.Next(3) > 0)
            {
                Receive(Answer(request));
                return;
            }

            SipMethod[] methods = [SipMethod.Ack, SipMethod.Bye, SipMethod.Invite, SipMethod.Update, SipMethod.Cancel, SipMethod.Info];
            var method = methods[_dice.Next(methods.Length)];
            var isRequest = message is SipRequest;
            var within = new SipRequest(method, SipUri.Parse($"sip:{Us}"))
            {
                From = isRequest ? message!.To.WithTag("them") : message!.From,
                To = isRequest ? message.From : message.To,
                CallId = message.CallId,
                CSeq = new SipCSeq(message.CSeq.Number + (uint)_dice.Next(3), method),
            };
            within.Headers.PrependVia(_dice.Next(4) == 0 ? message.TopVia : NewVia());
            within.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{WirePeer.Them}"));
            if (_dice.Next(2) == 0)
            {
                within.SetBody(SipBody.Sdp, WirePeer.TheirFax.Bytes);
            }

            Receive(within);
        }

        private SipResponse Answer(SipRequest request)
        {
            int[] statuses = [100, 180, 200, 200, 200, 302, 401, 407, 408, 422, 481, 486, 487, 491, 500, 503];
            var response = request.CreateResponse(statuses[_dice.Next(statuses.Length)], toTag: _dice.Next(5) == 0 ? "fork" : "them");
            response.Headers.Contact = new SipNameAddr(SipUri.Parse($"sip:gw@{WirePeer.Them}"));
            response.Headers.Add("WWW-Authenticate", $"Digest realm=\"r\", nonce=\"{_dice.Next(3)}\", stale=true");
            response.Headers.Add("Retry-After", "1");
            response.Headers.Add("Min-SE", "200");
            if (_dice.Next(3) == 0)
            {
                response.Headers.Add("Session-Expires", _dice.Next(2) == 0 ? "90;refresher=uac" : "90;refresher=uas");
            }

            return response;
        }

        private void ReceiveMutation(byte[] bytes)
        {
            for (var i = _dice.Next(4); i >= 0; i--)
            {
                bytes[_dice.Next(bytes.Length)] = (byte)_dice.Next(256);
            }

            _agent.HandleMessage(bytes.AsSpan(0, 1 + _dice.Next(bytes.Length)), WirePeer.Them, Us, _now);
            _agent.HandleMessage(bytes, WirePeer.Them, Us, _now);
        }

        private void Receive(SipMessage message)
        {
            var bytes = message.ToArray();
            _seen.Add(bytes);
            _agent.HandleMessage(bytes, WirePeer.Them, Us, _now);
        }

        private SipVia NewVia() => new("UDP", WirePeer.Them.Address.ToString()) { Port = WirePeer.Them.Port, Branch = $"z9hG4bKr{_branch++}" };

        private void TickEarly()
        {
            var deadline = _agent.Deadline;
            if (deadline is null || deadline > _now)
            {
                _agent.HandleTimeout(_now);
                Assert.Equal(deadline, _agent.Deadline);
                Assert.False(_agent.TryTakeOutput(out _));
            }
        }

        private void Drain()
        {
            while (_agent.TryTakeOutput(out var output))
            {
                switch (output)
                {
                    case SipOutput.Send send:
                        // What refuses a damaged request repeats its damage.
                        Assert.True(
                            SipMessage.TryParse(send.Bytes.Span, SipLimits.Default, out _) == SipParseError.None
                            || send.Bytes.Span.StartsWith("SIP/2.0 400"u8) || send.Bytes.Span.StartsWith("SIP/2.0 505"u8));
                        _seen.Add(send.Bytes);
                        break;
                    case SipOutput.Report { Event: var @event }:
                        if (@event is SipCallEvent.Incoming)
                        {
                            _calls.Add(@event.Call);
                        }

                        Assert.False(_lastEvents.ContainsKey(@event.Call), $"{@event} after the last event");
                        if (@event.IsLast)
                        {
                            _lastEvents.Add(@event.Call, 1);
                        }

                        break;
                }
            }
        }
    }
}
