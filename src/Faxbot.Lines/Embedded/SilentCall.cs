using System.Threading.Channels;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>An incoming call that no fax machine takes: it rings unanswered, or is answered and stays silent. For rehearsals.</summary>
internal sealed class SilentCall(
    SipPort port, InboundTerms terms, TimeProvider time, SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events)
{
    private readonly SipCall _sip = incoming.Call;

    /// <summary>Rings until the caller gives up.</summary>
    public async Task<FaxOutcome> RingAsync(CancellationToken cancel)
    {
        port.Do(now => _sip.Ring(now));
        await FollowAsync(_ => { }, cancel);
        return Silent;
    }

    /// <summary>Answers, goes along with what the caller asks for or refuses T.38, and hangs up in the end.</summary>
    public async Task<FaxOutcome> AnswerAsync(IncomingDecision.Voice voice, CancellationToken cancel)
    {
        var advertised = port.Routes.Towards(incoming.Peer.EndPoint.Address);
        using var media = CallMedia.TryOpen(port, advertised, terms.T38, terms.Audio);
        if (media is null)
        {
            port.Do(now => _sip.Reject(503, now));
            return Silent;
        }

        var answer = CallMedia.Read(incoming.Body) is { } offer ? media.AnswerAudio(offer) : media.OfferAudio();
        if (answer is null)
        {
            port.Do(now => _sip.Reject(488, now));
            return Silent;
        }

        port.Do(now => _sip.Answer(answer, now));
        using var patience = new CancellationTokenSource(voice.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        await FollowAsync(offered => Answer(offered, voice.TakesT38, media), either.Token);
        return Silent;
    }

    private async Task FollowAsync(Action<SipCallEvent.Offered> onOffer, CancellationToken cancel)
    {
        try
        {
            await foreach (var happened in events.ReadAllAsync(cancel))
            {
                if (happened is SipCallEvent.Offered offered) onOffer(offered);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            port.Do(now => _sip.HangUp(now));
        }
    }

    private void Answer(SipCallEvent.Offered offered, bool takesT38, CallMedia media)
    {
        var offer = CallMedia.Read(offered.Body);
        var answer = offer is null ? null : (takesT38 ? media.AnswerT38(offer) : null) ?? media.AnswerAudio(offer);
        port.Do(now =>
        {
            if (answer is null) _sip.RejectReinvite(488, now);
            else _sip.AnswerReinvite(answer, now);
        });
    }

    private static FaxOutcome Silent { get; } = new()
    {
        Class = OutcomeClass.NotFax,
        Phase = OutcomePhase.Negotiate,
        Party = OutcomeParty.Local,
        Sentence = "The call was taken by no fax machine, as was meant.",
    };
}
