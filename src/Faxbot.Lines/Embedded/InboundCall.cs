using System.Threading.Channels;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a call that comes in:
/// 1. answer with T.38 where it is offered, else with audio; 2. wait for the ACK; 3. play CED until one side asks for T.38;
/// 4. receive; 5. hang up.
/// </summary>
internal sealed class InboundCall(
    SipPort port, EmbeddedLineOptions options, TimeProvider time, SipCallEvent.Incoming incoming, ChannelReader<SipCallEvent> events,
    IReceivedPages pages, FaxCall call)
{
    private static readonly TimeSpan WholeTone = TimeSpan.FromSeconds(2.8);

    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        var sip = incoming.Call;
        var advertised = port.Routes.Towards(incoming.Peer.Address);
        using var media = new CallMedia(
            port.Routes.Bound, advertised, options.InboundT38, new TrunkAudio { Symmetric = options.InboundSymmetricMedia });
        var answered = new AnsweredCall(port, sip, events, media, options.InboundT38, time, call);
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
            if (await WaitForAckAsync(cancel) is not { } acknowledged) return NotConnected();
            call.Report(new LineEvent.Answered());

            // Step 3
            var remote = offer ?? CallMedia.Read(acknowledged.Body);
            var agreement = media.AgreeOnT38(remote, byUs: false) ?? await answered.SwitchAsync(media.AgreeOnAudio(remote), FaxTone.Ced, cancel);
            if (agreement is null) return answered.NotSwitched!;

            // Step 4
            var receiver = new FaxReceiver(pages, options.Receiver with
            {
                SendAnsweringTone = answered.TonePlayed < WholeTone,
                LocalTrainingCheck = agreement.LocalTcf,
            });
            return FaxOutcomes.Received(await answered.FaxAsync(receiver, agreement, cancel));
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

    private async Task<SipCallEvent.Acknowledged?> WaitForAckAsync(CancellationToken cancel)
    {
        await foreach (var happened in events.ReadAllAsync(cancel))
        {
            if (happened is SipCallEvent.Acknowledged acknowledged) return acknowledged;
            if (happened.IsLast) return null;
        }

        return null;
    }

    private static FaxOutcome NotConnected() => new()
    {
        Class = OutcomeClass.NotFax,
        Phase = OutcomePhase.Negotiate,
        Party = OutcomeParty.Number,
        Sentence = "The call ended before the fax began.",
    };
}
