using System.Net;
using System.Threading.Channels;
using Faxbot.Fax.T38;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Sdp;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>
/// The script of a call that the carrier takes:
/// 1. answer, with T.38 where it was offered; 2. agree on T.38, as the rules and the scenario say; 3. receive the fax; 4. hang up.
/// </summary>
internal sealed class CarrierCall : IDisposable
{
    // How long the caller is waited for where it alone may ask for T.38, or where it is to meet the carrier's own wish.
    private static readonly TimeSpan CallerPatience = TimeSpan.FromSeconds(10);

    private readonly CarrierPort _port;
    private readonly CarrierT38 _habits;
    private readonly CarrierScenario _scenario;
    private readonly TimeProvider _time;
    private readonly SipCallEvent.Incoming _incoming;
    private readonly ChannelReader<SipCallEvent> _events;
    private readonly Action<string> _wrong;
    private readonly MediaSocket _audio = Open();
    private readonly MediaSocket _media = Open();
    private readonly CarrierSdp _sdp;
    private bool _isOver;

    public CarrierCall(
        CarrierPort port, CarrierT38 habits, CarrierScenario scenario, TimeProvider time, SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events,
        Action<string> wrong)
    {
        (_port, _habits, _scenario, _time, _incoming, _events, _wrong) = (port, habits, scenario, time, incoming, events, wrong);
        _sdp = new CarrierSdp(habits, _audio.LocalEndPoint.Port, _media.LocalEndPoint.Port);
    }

    private SipCall Sip => _incoming.Call;

    public async Task RunAsync()
    {
        // Step 1
        if (CarrierSdp.Read(_incoming.Body) is not { } offer)
        {
            _wrong("SDP: the INVITE has no offer that can be read.");
            _port.Do(now => Sip.Reject(488, now));
            return;
        }

        var isTelephone = _scenario is CarrierScenario.Telephone or CarrierScenario.TelephoneHangsUp;
        var t38 = isTelephone || _scenario is CarrierScenario.RejectedReinvite or CarrierScenario.SwitchWithoutUdptl ? null : _sdp.AnswerT38(offer);
        if ((t38 ?? _sdp.AnswerAudio(offer)) is not { } answer)
        {
            _wrong("SDP: the INVITE offers no G.711.");
            _port.Do(now => Sip.Reject(488, now));
            return;
        }

        _port.Do(now => Sip.Answer(answer, now));
        if (await NextAsync(CallerPatience) is not SipCallEvent.Acknowledged) return;

        // Step 2
        var agreed = t38 is not null ? Agree(offer) : isTelephone ? null : await SwitchAsync();

        // Step 3
        if (agreed is not null) await ReceiveAsync(agreed);

        // Step 4: where T.38 came to nothing, the caller is left to draw its conclusion.
        if (agreed is null && !_isOver && _scenario != CarrierScenario.TelephoneHangsUp) await WaitForEndAsync();
        if (!_isOver) _port.Do(now => Sip.HangUp(now));
    }

    public void Dispose()
    {
        _audio.Dispose();
        _media.Dispose();
    }

    private async Task<T38Attributes?> SwitchAsync()
    {
        var waitsForCaller = _habits.Asker == T38Asker.Caller || _scenario is CarrierScenario.Glare or CarrierScenario.RejectedReinvite or CarrierScenario.SwitchWithoutUdptl or CarrierScenario.LateReinvite;
        var happened = await NextAsync(waitsForCaller && _habits.Asker != T38Asker.Carrier ? CallerPatience : _habits.AsksAfter);
        if (happened is SipCallEvent.Offered offered) return await OnOfferAsync(offered);
        if (happened is not null || _scenario is CarrierScenario.RejectedReinvite or CarrierScenario.SwitchWithoutUdptl) return null;
        if (_habits.Asker != T38Asker.Caller) return await AskAsync();
        _wrong("T.38: this carrier leaves the re-INVITE to the caller, and none came.");
        return null;
    }

    private async Task<T38Attributes?> OnOfferAsync(SipCallEvent.Offered offered)
    {
        if (CarrierSdp.Read(offered.Body) is not { } offer || !T38OfferAnswer.IsOfferedBy(offer)) return Refuse(488);
        CheckOffer(offer);
        if (_habits.Asker == T38Asker.Carrier)
        {
            _wrong("T.38: with this carrier only the far end sends the re-INVITE, and the caller sent one.");
            return Refuse(488);
        }

        switch (_scenario)
        {
            case CarrierScenario.RejectedReinvite:
                return Refuse(_habits.RefusalStatus);
            case CarrierScenario.SwitchWithoutUdptl:
                _port.Do(now => Sip.AnswerReinvite(_sdp.AnswerWithoutUdptl(), now));
                return null;
            case CarrierScenario.Glare:
                Refuse(491);
                return await AskAsync();
            default:
                _port.Do(now => Sip.AnswerReinvite(_sdp.AnswerT38(offer)!, now));
                await NextAsync(CallerPatience);
                return Agree(offer);
        }
    }

    private T38Attributes? Refuse(int status)
    {
        _port.Do(now => Sip.RejectReinvite(status, now));
        return null;
    }

    private async Task<T38Attributes?> AskAsync()
    {
        _port.Do(now => Sip.Reinvite(_sdp.OfferT38(), now));
        while (await NextAsync(CallerPatience) is { } happened)
        {
            switch (happened)
            {
                case SipCallEvent.ReinviteAnswered answered when CarrierSdp.Read(answered.Body) is { } answer && T38OfferAnswer.IsOfferedBy(answer):
                    return await AgreeTwiceAsync(answer);
                case SipCallEvent.ReinviteAnswered or SipCallEvent.ReinviteFailed:
                    _wrong("T.38: the carrier asked for it, and the caller did not take it.");
                    return null;
                case SipCallEvent.Offered:
                    Refuse(491);
                    break;
                case { IsLast: true }:
                    return null;
            }
        }

        return null;
    }

    private async Task<T38Attributes?> AgreeTwiceAsync(SdpDescription answer)
    {
        if (_scenario != CarrierScenario.DoubleReinvite) return Agree(answer);
        _port.Do(now => Sip.Reinvite(_sdp.OfferT38(), now));
        return await NextAsync(CallerPatience) is SipCallEvent.ReinviteAnswered again && CarrierSdp.Read(again.Body) is { } second ? Agree(second) : null;
    }

    private T38Attributes? Agree(SdpDescription remote)
    {
        if (T38OfferAnswer.ReadLeg(remote) is not { } leg) return null;
        _media.SendTo(new IPEndPoint(IPAddress.Parse(leg.Address), leg.Port));
        return T38OfferAnswer.Negotiate(leg.Attributes, _sdp.Own) with { MaxDatagram = leg.Attributes.MaxDatagram };
    }

    private void CheckOffer(SdpDescription offer)
    {
        if (T38OfferAnswer.ReadLeg(offer)?.Attributes is not { } offered) return;
        if (_habits.OfferedVersion is { } version && offered.Version != version)
            _wrong($"T.38: the offer must name version {version}, and names {offered.Version}.");
        if (_habits.LargestOfferedDatagram is { } largest && offered.MaxDatagram > largest)
            _wrong($"T.38: the offer may announce datagrams of {largest} octets at most, and announces {offered.MaxDatagram}.");
        if (_habits.OfferedErrorCorrection is { } correction && offered.ErrorCorrection != (T38ErrorCorrection)(int)correction)
            _wrong($"T.38: the offer must name the error correction {correction}, and names {offered.ErrorCorrection?.ToString() ?? "none"}.");
    }

    private async Task ReceiveAsync(T38Attributes terms)
    {
        using var pump = new T38Pump(
            new T38Terminal(new FarMachine(_scenario, HangUp), new T38TerminalOptions
            {
                Version = Math.Min(terms.Version, _habits.Version),
                Paced = false,
                Sender = new UdptlSenderOptions
                {
                    ErrorCorrection = (UdptlErrorCorrection)(int)(terms.ErrorCorrection ?? T38ErrorCorrection.Redundancy),
                    MaxDatagram = terms.MaxDatagram ?? new UdptlSenderOptions().MaxDatagram,
                },
            }), _media, _time, _ => { });
        var session = pump.RunAsync();
        if (_scenario == CarrierScenario.LateReinvite) _port.Do(now => Sip.Reinvite(_sdp.OfferT38(), now));
        while (!session.IsCompleted && !_isOver)
        {
            await Task.WhenAny(session, _events.WaitToReadAsync().AsTask());
            while (_events.TryRead(out var happened)) Note(happened);
            if (_isOver) pump.LoseLine();
        }

        await session;
    }

    private async Task WaitForEndAsync()
    {
        while (!_isOver && await NextAsync(CallerPatience) is not null)
        {
            // Whatever else the caller wants is left without an answer.
        }
    }

    private async Task<SipCallEvent?> NextAsync(TimeSpan wait)
    {
        using var limit = new CancellationTokenSource(wait, _time);
        try
        {
            var happened = await _events.ReadAsync(limit.Token);
            Note(happened);
            return happened;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            _isOver = true;
            return null;
        }
    }

    private void Note(SipCallEvent happened) => _isOver |= happened.IsLast;

    // From within the terminal, which is under its pump's lock: the call's own lock may be taken, as nothing under that one asks for the pump's.
    private void HangUp() => _port.Do(now => Sip.HangUp(now));

    private static MediaSocket Open() => new(new MediaPorts(range: null).TryOpen(IPAddress.Loopback)!, symmetric: false);
}
