using System.Threading.Channels;
using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a call that we place:
/// 1. find the trunk's address; 2. INVITE with audio, T.38 beside it where the trunk wants that; 3. wait for the answer;
/// 4. play CNG until one side asks for T.38; 5. fax; 6. hang up.
/// </summary>
internal sealed class OutboundCall(SipPort port, TimeProvider time, OutboundFax fax, FaxCall call)
{
    private int PagesTotal => fax.Document.PageCount - fax.FirstPage;

    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        if (TrunkPolicy.Refusal(fax) is { } refusal) return refusal with { PagesTotal = PagesTotal };

        // Step 1
        var server = fax.Trunk.Servers[0];
        if (await TrunkAddress.ResolveAsync(server, port.LocalEndPoint.AddressFamily, cancel) is not { } nextHop) return Unresolved();
        var address = port.Routes.Towards(nextHop.Address);
        using var media = CallMedia.TryOpen(port, address, fax.Trunk.T38, fax.Trunk.Audio);
        if (media is null) return NoPorts();

        // Step 2
        if (InviteComposer.Compose(fax, server, nextHop, port.Towards(nextHop.Address), media.FirstOffer()) is not { } invite) return BadNumber();
        call.Report(new LineEvent.Dialling());
        var sip = port.Invite(invite, out var events);
        var answered = new AnsweredCall(port, sip, events, media, SwitchPolicy.Outbound(fax.Trunk.T38), time, call);
        try
        {
            // Step 3
            var (answer, failed) = await WaitForAnswerAsync(events, cancel);
            if (answer is null) return failed! with { PagesTotal = PagesTotal };
            call.Report(new LineEvent.Answered());

            // Step 4
            var remote = CallMedia.Read(answer.Body);
            var agreement = media.AgreeOnT38(remote, byUs: true)
                ?? await answered.SwitchAsync(media.AgreeOnAudio(remote), FaxTone.Cng, cancel);
            if (agreement is null) return answered.NotSwitched! with { PagesTotal = PagesTotal };

            // Step 5
            using var transmitter = new FaxTransmitter(fax.Document, TransmitterOptions(agreement));
            var sent = FaxOutcomes.Sent(await answered.FaxAsync(transmitter, agreement, cancel), PagesTotal);
            return answered.NotSwitched is { } refused ? refused with { PagesTotal = PagesTotal } : sent;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Cancelled();
        }
        finally
        {
            // Step 6
            await answered.HangUpAsync();
        }
    }

    private async Task<(SipCallEvent.Answered? Answer, FaxOutcome? Failed)> WaitForAnswerAsync(
        ChannelReader<SipCallEvent> events, CancellationToken cancel)
    {
        await foreach (var happened in events.ReadAllAsync(cancel))
        {
            switch (happened)
            {
                case SipCallEvent.Provisional { Response.Status: var status and >= 180 }:
                    call.Report(new LineEvent.Ringing(status));
                    break;
                case SipCallEvent.Answered answer:
                    return (answer, null);
                case SipCallEvent.Failed { Failure: var failure }:
                    return (null, SipOutcomes.NotAnswered(failure, fax.Trunk.Failures));
            }
        }

        return (null, Cancelled());
    }

    private TransmitterOptions TransmitterOptions(T38Agreement agreement) => new()
    {
        Identity = (fax.Identity ?? fax.From) is { Length: > 0 } identity ? identity : null,
        Subaddress = fax.Subaddress,
        SenderIdentification = fax.SenderIdentification,
        FirstPage = fax.FirstPage,
        OmitFill = agreement.OmitsFill,
        Limits = new TransmitterLimits
        {
            Ecm = fax.Ecm && fax.Trunk.T38.Ecm,
            MaxBitRate = Math.Min(fax.MaxBitRate, agreement.MaxBitRate),
        },
    };

    private FaxOutcome Unresolved() => new()
    {
        Class = OutcomeClass.Congestion,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Trunk,
        Sentence = $"The name {fax.Trunk.Servers[0].Host} has no address.",
        Next = "Check the trunk's host name and this machine's name service.",
        PagesTotal = PagesTotal,
    };

    private FaxOutcome BadNumber() => new()
    {
        Class = OutcomeClass.Rejected,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Number,
        Sentence = "The number, the caller or the trunk's domain cannot be written as a SIP address.",
        Next = "Give digits with an optional plus sign, and a host name without blanks.",
        PagesTotal = PagesTotal,
    };

    private FaxOutcome NoPorts() => new()
    {
        Class = OutcomeClass.Local,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = "No UDP port is free for audio and T.38.",
        Next = "Try again when fewer calls are up, or widen the range of media ports.",
        PagesTotal = PagesTotal,
    };

    private FaxOutcome Cancelled() => new()
    {
        Class = OutcomeClass.Local,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = "The call was cancelled on this side before the fax began.",
        PagesTotal = PagesTotal,
    };
}
