using System.Threading.Channels;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a call that comes in:
/// 1. answer with T.38 where it is offered, else with audio; 2. wait for the ACK; 3. play CED until one side asks for T.38;
/// 4. receive; 5. hang up.
/// </summary>
internal sealed class InboundCall(
    SipPort port, ReceiverOptions receiverOptions, InboundTerms terms, TimeProvider time, SipCallEvent.Incoming incoming,
    ChannelReader<SipCallEvent> events, IReceivedPages pages, FaxCall call)
{
    private static readonly TimeSpan WholeTone = TimeSpan.FromSeconds(2.8);

    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        var sip = incoming.Call;
        sip.Credentials = terms.Credentials;
        var advertised = port.Routes.Towards(incoming.Peer.EndPoint.Address);
        using var media = CallMedia.TryOpen(port, advertised, terms.T38, terms.Audio);
        if (media is null)
        {
            port.Do(now => sip.Reject(503, now));
            return NotConnected();
        }

        var answered = new AnsweredCall(port, new DialledCall(sip, events, media, new CallEnd(port, sip, events, time, call)), SwitchPolicy.Inbound(terms.T38), time, call);
        try
        {
            // Step 1
            var offer = CallMedia.Read(incoming.Body);
            var answer = offer is null ? media.OfferAudio() : media.AnswerT38(offer) ?? media.AnswerAudio(offer);
            if (answer is null || (offer is null && incoming.Body is not null))
            {
                port.Do(now => sip.Reject(488, now));
                return SipOutcomes.NotSwitched(488, "Not Acceptable Here", "The caller offered neither T.38 nor G.711.");
            }

            port.Do(now => sip.Answer(answer, now));

            // Step 2
            var (isUp, body) = await WaitForAckAsync(isOurOffer: offer is null, cancel);
            if (!isUp) return NotConnected();
            call.Report(new LineEvent.Answered());

            // Step 3
            var remote = offer ?? CallMedia.Read(body);
            var agreement = media.AgreeOnT38(remote, byUs: false) ?? await answered.SwitchAsync(media.AgreeOnAudio(remote), FaxTone.Ced, cancel);
            if (agreement is null) return answered.NotSwitched!;

            // Step 4
            var receiver = new FaxReceiver(pages, receiverOptions with
            {
                Capabilities = Within(agreement.MaxBitRate),
                SendAnsweringTone = answered.TonePlayed < WholeTone,
                LocalTrainingCheck = agreement.LocalTcf,
            });
            var received = FaxOutcomes.Received(await answered.FaxAsync(receiver, agreement, cancel));
            return answered.NotSwitched ?? received;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return NotConnected();
        }
        finally
        {
            // Step 5
            await answered.HangUpAsync();
        }
    }

    private async Task<(bool IsUp, SipBody? Answer)> WaitForAckAsync(bool isOurOffer, CancellationToken cancel)
    {
        while (await events.WaitToReadAsync(cancel))
        {
            // A re-INVITE that overtook the ACK, or whose ACK was lost, shows as well that the caller has our answer; it is dealt with later.
            if (!isOurOffer && events.TryPeek(out var next) && next is SipCallEvent.Offered) return (true, null);
            if (!events.TryRead(out var happened)) continue;
            if (happened is SipCallEvent.Acknowledged acknowledged) return (true, acknowledged.Body);
            if (happened.IsLast) return (false, null);
        }

        return (false, null);
    }

    // T.38 D.2.3.2: T38MaxBitRate bounds the call; DIS names sets of modems, and the one below is the first that stays within it.
    private DisCapabilities Within(int bitRate)
    {
        var most = bitRate switch
        {
            >= 14_400 => ModemCapability.V17,
            >= 9600 => ModemCapability.V29,
            >= 4800 => ModemCapability.V27ter,
            _ => ModemCapability.V27terFallback,
        };
        var own = receiverOptions.Capabilities;
        return own with { Modems = own.Modems > most ? most : own.Modems, Ecm = own.Ecm && terms.T38.Ecm };
    }

    private static FaxOutcome NotConnected() => new()
    {
        Class = OutcomeClass.NotFax,
        Phase = OutcomePhase.Negotiate,
        Party = OutcomeParty.Number,
        Sentence = "The call ended before the fax began.",
    };
}
