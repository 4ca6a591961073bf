using System.Threading.Channels;
using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a call that we place. Servers of the trunk are tried in turn until one takes the call:
/// 1. find where the next one is; 2. INVITE with audio, T.38 beside it where the trunk wants that; 3. wait for the answer;
/// 4. play CNG until one side asks for T.38; 5. fax; 6. hang up.
/// </summary>
internal sealed class OutboundCall(SipPort port, TrunkRegistrations registrations, TimeProvider time, OutboundFax fax, FaxCall call)
{
    private readonly List<ServerRefusal> _refusals = [];

    private int PagesTotal => fax.Document.PageCount - fax.FirstPage;

    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        if (TrunkPolicy.Refusal(fax, sendsAudio: false) is { } refusal) return refusal with { PagesTotal = PagesTotal };
        try
        {
            // Step 1
            await port.Located.WaitAsync(cancel);
            await foreach (var place in port.Servers.FindAsync(fax.Trunk, fax.To, cancel))
            {
                if (await CallAsync(place.Server, place.Hop, cancel) is { } outcome) return outcome with { PagesTotal = PagesTotal };
            }

            return _refusals.Count == 0 ? Unresolved() : ServerRefusal.Combine(_refusals) with { PagesTotal = PagesTotal };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Cancelled();
        }
    }

    // Null when the server did not take the call and another may be tried.
    private async Task<FaxOutcome?> CallAsync(TrunkServer server, SipHop hop, CancellationToken cancel)
    {
        using var media = CallMedia.TryOpen(port, port.Routes.Towards(hop.EndPoint.Address), fax.Trunk.T38, fax.Trunk.Audio);
        if (media is null) return NoPorts();

        // Step 2
        var local = port.Towards(hop.EndPoint.Address);
        if (InviteComposer.Compose(fax, server, hop, local, media.FirstOffer(), registrations.FlowOf(fax.Trunk)) is not { } invite) return BadNumber();
        if (_refusals.Count == 0) call.Report(new LineEvent.Dialling());
        var sip = port.Invite(invite, out var events);
        var answered = new AnsweredCall(port, sip, events, media, SwitchPolicy.Outbound(fax.Trunk.T38), time, call);
        var goesOn = false;
        try
        {
            // Step 3
            var (answer, failed) = await WaitForAnswerAsync(events, hop, cancel);
            goesOn = answer is null && failed is null;
            if (answer is null) return failed;
            call.Report(new LineEvent.Answered());

            // Step 4
            var remote = CallMedia.Read(answer.Body);
            var agreement = media.AgreeOnT38(remote, byUs: true)
                ?? await answered.SwitchAsync(media.AgreeOnAudio(remote), FaxTone.Cng, cancel);
            if (agreement is null) return answered.NotSwitched!;

            // Step 5
            using var transmitter = new FaxTransmitter(fax.Document, TransmitterOptions(agreement));
            var sent = FaxOutcomes.Sent(await answered.FaxAsync(transmitter, agreement, cancel), PagesTotal);
            return answered.NotSwitched ?? sent;
        }
        finally
        {
            // Step 6
            if (!goesOn) await answered.HangUpAsync();
        }
    }

    // Neither is given when another server may be tried.
    private async Task<(SipCallEvent.Answered? Answer, FaxOutcome? Failed)> WaitForAnswerAsync(
        ChannelReader<SipCallEvent> events, SipHop hop, CancellationToken cancel)
    {
        var isTaken = false;
        await foreach (var happened in events.ReadAllAsync(cancel))
        {
            switch (happened)
            {
                case SipCallEvent.Provisional { Response.Status: var status }:
                    isTaken = true;
                    if (status >= 180) call.Report(new LineEvent.Ringing(status));
                    break;
                case SipCallEvent.Answered answer:
                    port.Servers.Health.Recover(hop);
                    return (answer, null);
                case SipCallEvent.Failed { Failure: var failure }:
                    return (null, Fail(failure, hop, isTaken));
            }
        }

        return (null, Cancelled());
    }

    // RFC 3263 4.3: the next server after silence, an error of the transport, or 503. Where the call has reached somebody (a provisional
    // response above 100) nobody else is called: a fax that is sent twice is a breach of privacy.
    private FaxOutcome? Fail(SipFailure failure, SipHop hop, bool isTaken)
    {
        var outcome = SipOutcomes.NotAnswered(failure, fax.Trunk.Failures, port.ProblemAt(hop));
        if (failure is not ({ Origin: SipFailureOrigin.NoResponse or SipFailureOrigin.Transport } or { Origin: SipFailureOrigin.Response, Status: 503 }))
        {
            port.Servers.Health.Recover(hop);
            return outcome;
        }

        port.Servers.Health.Fail(hop, failure.RetryAfter);
        if (isTaken) return outcome;
        _refusals.Add(new ServerRefusal(hop, outcome));
        return null;
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
        Sentence = $"{ServerChoice.Names(fax.Trunk)} has no address.",
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
