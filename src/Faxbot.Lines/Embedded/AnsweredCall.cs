using System.Threading.Channels;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Sdp;

namespace Faxbot.Lines.Embedded;

/// <summary>What both directions of a call do once it is answered: go over to T.38, fax, hang up. Owned by the call's script.</summary>
internal sealed class AnsweredCall(SipPort port, DialledCall dialled, SwitchPolicy policy, TimeProvider time, FaxCall call)
{
    private const int RequestPending = 491;

    private readonly ChannelReader<SipCallEvent> _events = dialled.Events;
    private readonly SipCall _sip = dialled.Sip;
    private readonly CallMedia _media = dialled.Media;
    private bool _wentBack;

    /// <summary>How much of the tone was played on the audio leg.</summary>
    public TimeSpan TonePlayed { get; private set; }

    /// <summary>Why the far end did not go over to T.38, where <see cref="SwitchAsync"/> gives nothing, or took it back before the fax began.</summary>
    public FaxOutcome? NotSwitched { get; private set; }

    /// <summary>Plays <paramref name="tone"/> on the audio leg until either side has asked for T.38 and the other agreed.</summary>
    public async Task<T38Agreement?> SwitchAsync(AudioLeg? leg, Func<long, short> tone, CancellationToken cancel)
    {
        var aLaw = leg is { Codecs: [var first, ..] } && first.IsSameFormatAs(SdpCodec.Pcma);
        var player = leg is { IsHeld: false } ? TonePlayer.Start(_media.Audio, time, aLaw, tone) : null;
        try
        {
            return await AgreeAsync(cancel);
        }
        finally
        {
            if (player is not null)
            {
                await player.DisposeAsync();
                TonePlayed = player.Played;
            }
        }
    }

    /// <summary>Runs the fax session to its end; a hang-up of the far end ends it at once, a cancellation in order.</summary>
    public async Task<FaxResult> FaxAsync(IT30Machine machine, T38Agreement agreement, CancellationToken cancel)
    {
        using var pump = new T38Pump(
            new T38Terminal(machine, agreement.TerminalOptions()), _media.T38, time, value => call.Report(new LineEvent.Fax(value)));
        using var cancelling = cancel.Register(pump.Cancel);
        var session = pump.RunAsync();
        while (!session.IsCompleted && !dialled.End.IsOver)
        {
            var waiting = _events.WaitToReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(session, waiting);
            while (_events.TryRead(out var happened)) OnEventDuringFax(happened, pump);
        }

        var result = await session;
        // A far end that goes back to audio while no fax machine has spoken refuses T.38 that it accepted; later it merely ends the fax.
        if (_wentBack && result is { Phase: FaxPhase.CallSetUp, FarIdentity: null })
            NotSwitched = Outcomes.SipOutcomes.NotSwitched(null, null, "The far end accepted T.38 and went back to audio before the fax began.");
        return result;
    }

    /// <summary>Ends the call, unless the far end has.</summary>
    public Task HangUpAsync() => dialled.End.HangUpAsync();

    private async Task<T38Agreement?> AgreeAsync(CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        TimeSpan? askAfter = policy.By switch { T38Switch.Us => TimeSpan.Zero, T38Switch.Either => policy.After, _ => null };
        while (true)
        {
            var deadline = askAfter is { } ask && ask < policy.Timeout ? ask : policy.Timeout;
            var happened = await NextAsync(deadline - time.GetElapsedTime(start), cancel);
            switch (happened)
            {
                case null when askAfter is not null && deadline == askAfter:
                    askAfter = null;
                    port.Do(now => _sip.Reinvite(_media.OfferT38(), now));
                    break;
                case null:
                    NotSwitched = Outcomes.SipOutcomes.NotSwitched(null, null, "The call was answered, but nobody asked for T.38 in time.");
                    return null;
                case SipCallEvent.Offered offered when Accept(offered) is { } agreed:
                    return Report(agreed);
                case SipCallEvent.Acknowledged { IsReinvite: true, Body: { } body }:
                    _media.Follow(CallMedia.Read(body));
                    break;
                case SipCallEvent.ReinviteAnswered answered:
                    if (_media.AgreeOnT38(CallMedia.Read(answered.Body), byUs: true) is { } ours) return Report(ours);
                    NotSwitched = Outcomes.SipOutcomes.NotSwitched(answered.Response.Status, answered.Response.Reason,
                        "The far end accepted T.38 but gave no T.38 address.");
                    return null;
                case SipCallEvent.ReinviteFailed { Failure.Status: RequestPending }:
                    // RFC 3261 14.1: the far end has a re-INVITE of its own under way, which may be the one that is waited for.
                    break;
                case SipCallEvent.ReinviteFailed { Failure: var failure }:
                    NotSwitched = Outcomes.SipOutcomes.NotSwitched(failure.Status, failure.Phrase, "The far end refused T.38.");
                    return null;
                case { IsLast: true }:
                    dialled.End.Note(happened);
                    NotSwitched = HungUpBeforeFax();
                    return null;
            }
        }
    }

    private T38Agreement Report(T38Agreement agreement)
    {
        call.Report(new LineEvent.SwitchedToT38(agreement.ByUs, agreement.Version, agreement.ErrorCorrection.ToString().ToLowerInvariant()));
        return agreement;
    }

    private void OnEventDuringFax(SipCallEvent happened, T38Pump pump)
    {
        if (happened is SipCallEvent.Offered { Body: not null } offered && Accept(offered) is null && !_media.IsOnT38)
        {
            _wentBack = true;
            pump.LoseLine();
        }

        if (happened is SipCallEvent.Offered { Body: null } asked) Accept(asked);
        if (happened is SipCallEvent.Acknowledged { IsReinvite: true, Body: { } body }) _media.Follow(CallMedia.Read(body));
        if (!happened.IsLast) return;
        dialled.End.Note(happened);
        pump.LoseLine();
    }

    /// <summary>Answers the far end's re-INVITE: T.38 where it has it, else audio; what is agreed when it is T.38.</summary>
    private T38Agreement? Accept(SipCallEvent.Offered offered)
    {
        if (offered.Body is null)
        {
            port.Do(now => _sip.AnswerReinvite(_media.OfferAgain(), now));
            return null;
        }

        var offer = CallMedia.Read(offered.Body);
        var t38 = offer is null ? null : _media.AnswerT38(offer);
        var answer = t38 ?? (offer is null ? null : _media.AnswerAudio(offer));
        port.Do(now =>
        {
            if (answer is not null) _sip.AnswerReinvite(answer, now);
            else _sip.RejectReinvite(488, now);
            // Glare: the far end's wish is ours, so ours need not be said again.
            if (t38 is not null) _sip.AbandonReinvite();
        });
        return t38 is null ? null : _media.AgreeOnT38(offer, byUs: false);
    }

    private async Task<SipCallEvent?> NextAsync(TimeSpan wait, CancellationToken cancel)
    {
        if (_events.TryRead(out var ready)) return ready;
        if (wait <= TimeSpan.Zero) return null;
        using var timer = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            return await _events.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static FaxOutcome HungUpBeforeFax() => new()
    {
        Class = OutcomeClass.NotFax,
        Phase = OutcomePhase.Negotiate,
        Party = OutcomeParty.Number,
        Sentence = "The far end hung up before the fax began.",
        Next = "Check the number.",
        ProviderCode = "BYE",
    };
}
