using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>
/// A SIP provider on a loopback address: real SIP over UDP, real T.38, a fax machine behind it, and no patience with calls that are not written as its rules
/// say. Thread-safe.
/// </summary>
public sealed class SimulatedCarrier : IAsyncDisposable
{
    private readonly CarrierRules _rules;
    private readonly CarrierScenario _scenario;
    private readonly TimeProvider _time;
    private readonly CarrierAccess? _access;
    private readonly CarrierPort _port;
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<Task, byte> _calls = new();
    private readonly ConcurrentQueue<string> _texts = new();
    private (string Called, string Caller)? _expected;
    private int _challenges;
    private int _taken;
    private volatile bool _isRegistered;

    private SimulatedCarrier(CarrierRules rules, CarrierScenario scenario, TimeProvider time)
    {
        (_rules, _scenario, _time) = (rules, scenario, time);
        _access = rules.Account is { } account ? new CarrierAccess(account, time) : null;
        _port = new CarrierPort(time, Register, OnIncoming, OnMessage);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _port.LocalEndPoint;

    /// <summary>What the calls, registrations and offers that came did wrong; each is a sentence that names what was expected and what came.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            List<string> all = [.. _violations.Distinct()];
            if (_rules.ExpectsRegistration && !_isRegistered) all.Add("REGISTER: the carrier lets in only customers that have registered, and none did.");
            if (_challenges > 0 && _taken == 0 && all.Count == 0)
                all.Add($"Digest: the carrier asked for the realm \"{_rules.Account!.Realm}\" with {_rules.Account.ChallengeStatus}, and the call never came again with an answer.");
            return all;
        }
    }

    /// <summary>Whether a customer has registered with the right credentials.</summary>
    public bool IsRegistered => _isRegistered;

    /// <summary>How many INVITEs were written as they must be, and were taken.</summary>
    public int CallsTaken => _taken;

    /// <summary>The text messages that were written as they must be, in order.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>How text messages are answered that are written as they must be.</summary>
    public int MessageStatus { get; set; } = 202;

    /// <summary>Opens the carrier.</summary>
    /// <param name="rules">What it wants.</param>
    /// <param name="scenario">What becomes of calls.</param>
    /// <param name="time">The clock; null is the machine's.</param>
    public static SimulatedCarrier Open(CarrierRules rules, CarrierScenario scenario = CarrierScenario.Success, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new SimulatedCarrier(rules, scenario, time ?? TimeProvider.System);
    }

    /// <summary>Says which call or message comes next: by these numbers the addresses of its INVITE or MESSAGE are judged.</summary>
    /// <param name="called">The called number, E.164 with plus sign.</param>
    /// <param name="caller">The caller number, E.164 with plus sign.</param>
    public void Expect(string called, string caller) => _expected = (called, caller);

    /// <summary>Sends a text message to a customer.</summary>
    /// <param name="customer">Where the customer's line is.</param>
    /// <param name="from">Who sends it.</param>
    /// <param name="to">The customer's number.</param>
    /// <param name="text">What it says.</param>
    /// <returns>The SIP status of the answer; null when none came.</returns>
    public async Task<int?> SendTextAsync(IPEndPoint customer, string from, string to, string text)
    {
        ArgumentNullException.ThrowIfNull(customer);
        var result = await _port.SendAsync(new InstantMessage
        {
            RequestUri = new SipUri(customer.Address.ToString()) { User = to, Port = customer.Port },
            From = new SipNameAddr(new SipUri(EndPoint.Address.ToString()) { User = from }),
            NextHop = customer,
            Body = SipBody.FromText(text),
        });
        return result.Response?.Status ?? result.Failure?.Response?.Status;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        await Task.WhenAll(_calls.Keys);
    }

    private void OnIncoming(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
    {
        var (call, invite) = (incoming.Call, incoming.Request);
        string[] wrong = _expected is var (called, caller) ? [.. InviteRules.Check(invite, _rules, called, caller)] : [];
        if (Refusal(invite, wrong) is { } refusal)
        {
            _port.Do(now => call.Reject(refusal.Status, now, headers: refusal.Headers));
            return;
        }

        Interlocked.Increment(ref _taken);
        Take(incoming, events);
    }

    private void OnMessage(IncomingMessage message)
    {
        string[] wrong = _expected is var (called, caller) ? [.. InviteRules.CheckAddresses(message.Request, _rules, called, caller)] : [];
        if (Refusal(message.Request, wrong) is { } refusal)
        {
            _port.Do(now => message.Reject(refusal.Status, now, refusal.Headers));
            return;
        }

        Interlocked.Increment(ref _taken);
        if (MessageContent.TryRead(message.Request, CpimLimits.Default, out var content) == MessageContentError.None && content is MessageContent.Text { Value: var text }) _texts.Enqueue(text);
        _port.Do(now => _ = MessageStatus < 300 ? message.Accept(now, isForLater: MessageStatus == 202) : message.Reject(MessageStatus, now));
    }

    // How a request is refused that is not written as it must be, or does not prove who it is from; null when it may be taken.
    private (int Status, IReadOnlyList<SipHeader> Headers)? Refusal(SipRequest request, string[] wrong)
    {
        foreach (var sentence in wrong) _violations.Enqueue(sentence);
        if (_rules.ChallengesInvites && _access is { } access)
        {
            if (!access.IsProven(request))
            {
                _challenges++;
                return (access.ChallengeStatus(request.Method), [access.Challenge(request.Method)]);
            }

            if (access.Refusal(request) is { } refusal)
            {
                _violations.Enqueue(refusal);
                return (403, []);
            }
        }

        return wrong.Length > 0 ? (403, []) : null;
    }

    private void Take(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
    {
        switch (_scenario)
        {
            case CarrierScenario.Busy:
                _port.Do(now => incoming.Call.Reject(486, now));
                break;
            case CarrierScenario.NotAcceptable:
                _port.Do(now => incoming.Call.Reject(488, now));
                break;
            case CarrierScenario.NoAnswer:
                _port.Do(now => incoming.Call.Ring(now));
                break;
            default:
                var running = Task.Run(() => AnswerAsync(incoming, events));
                _calls.TryAdd(running, 0);
                break;
        }
    }

    private async Task AnswerAsync(SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
    {
        using var call = new CarrierCall(_port, _rules.T38, _scenario, _time, incoming, events, _violations.Enqueue);
        await call.RunAsync();
    }

    private SipResponse Register(SipRequest request)
    {
        var tag = "registrar";
        if (_access is { } access)
        {
            if (!access.IsProven(request))
            {
                var challenge = request.CreateResponse(401, toTag: tag);
                var header = access.Challenge(SipMethod.Register);
                challenge.Headers.Add(header.Name, header.Value);
                return challenge;
            }

            if (access.Refusal(request) is { } refusal)
            {
                _violations.Enqueue($"REGISTER: {refusal}");
                return request.CreateResponse(403, toTag: tag);
            }
        }

        _isRegistered = true;
        var taken = request.CreateResponse(200, toTag: tag);
        taken.Headers.CopyFrom(request.Headers, SipHeaderNames.Contact);
        taken.Headers.Expires = request.Headers.Expires ?? TimeSpan.FromMinutes(10);
        return taken;
    }
}
