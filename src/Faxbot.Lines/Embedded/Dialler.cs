using System.Threading.Channels;
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
/// Places a call, whatever it carries. Servers of the trunk are tried in turn until one takes it:
/// 1. find where the next one is; 2. INVITE with audio, T.38 beside it where the trunk wants that; 3. wait for the answer; 4. do what the call is for;
/// 5. hang up.
/// </summary>
internal sealed class Dialler(SipPort port, TrunkRegistrations registrations, TimeProvider time, InviteTarget target, LineCall call)
{
    private readonly List<ServerRefusal> _refusals = [];

    /// <summary>Calls, and lets <paramref name="onAnswer"/> do what the call is for; null when it was answered, else why it was not.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<FaxOutcome?> DialAsync(Func<DialledCall, SipBody?, CancellationToken, Task> onAnswer, CancellationToken cancel)
    {
        // Step 1
        await port.Located.WaitAsync(cancel);
        await foreach (var place in port.Servers.FindAsync(target.Trunk, target.To, cancel))
        {
            var (isOver, failed) = await CallAsync(place.Server, place.Hop, onAnswer, cancel);
            if (isOver) return failed;
        }

        return _refusals.Count == 0 ? Unresolved() : ServerRefusal.Combine(_refusals);
    }

    // Not over when the server did not take the call and another may be tried.
    private async Task<(bool IsOver, FaxOutcome? Failed)> CallAsync(
        TrunkServer server, SipHop hop, Func<DialledCall, SipBody?, CancellationToken, Task> onAnswer, CancellationToken cancel)
    {
        using var media = CallMedia.TryOpen(port, port.Routes.Towards(hop.EndPoint.Address), target.Trunk.T38, target.Trunk.Audio);
        if (media is null) return (true, NoPorts());

        // Step 2
        if (InviteComposer.Compose(target, server, hop, port.Towards(hop.EndPoint.Address), media.FirstOffer(), registrations.FlowOf(target.Trunk)) is not { } invite) return (true, BadNumber());
        if (_refusals.Count == 0) call.Report(new LineEvent.Dialling());
        var sip = port.Invite(invite, out var events);
        var dialled = new DialledCall(sip, events, media, new CallEnd(port, sip, events, time, call));
        var goesOn = false;
        try
        {
            // Step 3
            var (answer, failed) = await WaitForAnswerAsync(events, hop, cancel);
            goesOn = answer is null && failed is null;
            if (answer is null) return (!goesOn, failed);
            call.Report(new LineEvent.Answered());

            // Step 4
            await onAnswer(dialled, answer.Body, cancel);
            return (true, null);
        }
        finally
        {
            // Step 5
            if (!goesOn) await dialled.End.HangUpAsync();
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

        return (null, Failed(OutcomeClass.Local, OutcomeParty.Local, "The call was cancelled on this side before it was answered.", ""));
    }

    // RFC 3263 4.3: the next server after silence, an error of the transport, or 503. Where the call has reached somebody (a provisional
    // response above 100) nobody else is called: what is sent twice is a breach of privacy.
    private FaxOutcome? Fail(SipFailure failure, SipHop hop, bool isTaken)
    {
        var outcome = SipOutcomes.NotAnswered(failure, target.Trunk.Failures, port.ProblemAt(hop));
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

    private FaxOutcome Unresolved() => Failed(
        OutcomeClass.Congestion, OutcomeParty.Trunk, $"{ServerChoice.Names(target.Trunk)} has no address.", "Check the trunk's host name and this machine's name service.");

    private static FaxOutcome BadNumber() => Failed(
        OutcomeClass.Rejected, OutcomeParty.Number, "The number, the caller or the trunk's domain cannot be written as a SIP address.",
        "Give digits with an optional plus sign, and a host name without blanks.");

    private static FaxOutcome NoPorts() => Failed(
        OutcomeClass.Local, OutcomeParty.Local, "No UDP port is free for audio and T.38.", "Try again when fewer calls are up, or widen the range of media ports.");

    private static FaxOutcome Failed(OutcomeClass kind, OutcomeParty party, string sentence, string next) => new()
    {
        Class = kind,
        Phase = OutcomePhase.Dial,
        Party = party,
        Sentence = sentence,
        Next = next,
    };
}
