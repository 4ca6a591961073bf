using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>
/// The script of a fax that we send: 1. dial, with audio, and T.38 beside it where the trunk wants that; 2. play CNG until one side asks for T.38;
/// 3. fax; then the dialler hangs up.
/// </summary>
internal sealed class OutboundCall(SipPort port, TrunkRegistrations registrations, TimeProvider time, OutboundFax fax, FaxCall call)
{
    private int PagesTotal => fax.Document.PageCount - fax.FirstPage;

    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        if (TrunkPolicy.Refusal(fax, sendsAudio: false) is { } refusal) return refusal with { PagesTotal = PagesTotal };
        FaxOutcome? sent = null;
        try
        {
            // Step 1
            var dialler = new Dialler(port, registrations, time, fax.Target, call);
            var failed = await dialler.DialAsync(async (dialled, answer, stop) => sent = await FaxAsync(dialled, answer, stop), cancel);
            return (sent ?? failed ?? Cancelled()) with { PagesTotal = PagesTotal };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Cancelled() with { PagesTotal = PagesTotal };
        }
    }

    private async Task<FaxOutcome> FaxAsync(DialledCall dialled, SipBody? answer, CancellationToken cancel)
    {
        var answered = new AnsweredCall(port, dialled, SwitchPolicy.Outbound(fax.Trunk.T38), time, call);

        // Step 2
        var remote = CallMedia.Read(answer);
        var agreement = dialled.Media.AgreeOnT38(remote, byUs: true)
            ?? await answered.SwitchAsync(dialled.Media.AgreeOnAudio(remote), FaxTone.Cng, cancel);
        if (agreement is null) return answered.NotSwitched!;

        // Step 3
        using var transmitter = new FaxTransmitter(fax.Document, TransmitterOptions(agreement));
        var sent = FaxOutcomes.Sent(await answered.FaxAsync(transmitter, agreement, cancel), PagesTotal);
        return answered.NotSwitched ?? sent;
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

    private static FaxOutcome Cancelled() => new()
    {
        Class = OutcomeClass.Local,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = "The call was cancelled on this side before the fax began.",
    };
}
