using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>
/// The script of a call that is placed. Servers are tried in turn until one takes it; another one is tried only while no server may have placed it:
/// 1. choose a server; 2. write the pages where it reads them; 3. have it note the call; 4. originate; 5. follow the call to its end.
/// </summary>
internal sealed class Placing(ServerPool pool, AsteriskLineOptions options, TimeProvider time, OutboundFax fax, string endpoint, FaxCall call)
{
    private readonly List<ServerLink> _refused = [];
    private string? _problem;

    private int PagesTotal => fax.Document.PageCount - fax.FirstPage;

    /// <summary>Runs it to its end.</summary>
    public async Task<FaxOutcome> RunAsync(CancellationToken cancel)
    {
        if (Refusal() is { } refusal) return refusal with { PagesTotal = PagesTotal };
        try
        {
            while (true)
            {
                // Step 1
                if (await pool.TakeAsync(_refused, options.ConnectPatience, cancel) is not { } link) return NoServer();
                try
                {
                    if (await PlaceAsync(link, cancel) is { } outcome) return outcome;
                    _refused.Add(link);
                }
                finally
                {
                    link.Release();
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return AsteriskOutcomes.Cancelled(PagesTotal);
        }
    }

    // Null when the server did not take the call and another may be tried.
    private async Task<FaxOutcome?> PlaceAsync(ServerLink link, CancellationToken cancel)
    {
        var limit = fax.Trunk.Limits.MaxCallDuration is { } ofTrunk && ofTrunk < options.MaxCallDuration ? ofTrunk : options.MaxCallDuration;
        if (Origination.Compose(fax, endpoint, link.Folder.ThereOf(fax.Reference), limit) is not { } originate) return BadNumber();
        using var feed = link.Follow(fax.Reference);
        AsteriskCall? running = null;
        try
        {
            // Step 2
            if (WritePages(link) is { } unwritable) return unwritable;

            // Step 3
            if (link.Run is not { } run) return null;
            var noted = await link.Record.NoteAsync(fax.Reference, run);
            if (noted.Outcome == AmiOutcome.Refused) return AsteriskOutcomes.Refused(noted.Message, PagesTotal);
            if (!noted.IsSuccess) return Failed(link);
            cancel.ThrowIfCancellationRequested();

            // Step 4
            var machine = CallMachine.ToPlace(Terms(limit), time.GetUtcNow());
            var placed = await link.AskAsync(originate, AmiFollow.Nothing, Origination.ChannelIdOf(fax.Reference));
            if (placed.Outcome == AmiOutcome.NotSent) return Failed(link);

            // Step 5
            running = new AsteriskCall(link, feed, machine, call, PagesTotal, time);
            return await running.RunAsync(new CallInput.Placed(placed), cancel);
        }
        finally
        {
            // Where the call may go on, Asterisk may still read them; the folder is swept later.
            if (running is not { MayGoOn: true }) link.Folder.Delete(fax.Reference);
        }
    }

    private FaxOutcome? Refusal()
    {
        if (TrunkPolicy.Refusal(fax, sendsAudio: true) is { } refusal) return refusal;
        if (fax.Subaddress is not null || fax.SenderIdentification is not null)
            return Rejected(OutcomeParty.Local, "Asterisk can send neither a subaddress nor a sender identification.", "Leave them out, or choose the embedded line for this trunk.");
        return HandOverFolder.CanSend(fax.Document, fax.FirstPage)
            ? null
            : Rejected(OutcomeParty.Document, "A page is wider than 215 mm, which Asterisk cannot send.", "Let the document be drawn in the usual width, or choose the embedded line for this trunk.");
    }

    private FaxOutcome? WritePages(ServerLink link)
    {
        try
        {
            link.Folder.Write(fax.Reference, fax.Document, fax.FirstPage);
            return null;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return Rejected(OutcomeParty.Local, "The hand-over folder of Asterisk cannot be written.", $"Check that the folder of server {link.Server.Name} is there, has room and belongs to the gateway: {unwritable.Message}")
                with { Class = OutcomeClass.Local };
        }
    }

    private FaxOutcome? Failed(ServerLink link)
    {
        _problem = $"The connection to Asterisk {link.Server.Name} was lost before the call was placed.";
        return null;
    }

    private CallTerms Terms(TimeSpan limit) => new()
    {
        PagesTotal = PagesTotal,
        FirstPage = fax.FirstPage,
        Failures = fax.Trunk.Failures,
        T38 = fax.Trunk.T38,
        MaxDuration = limit,
        NoFaxAfter = options.NoFaxAfter,
        ReconnectPatience = options.ReconnectPatience,
    };

    private FaxOutcome NoServer() => new()
    {
        Class = OutcomeClass.Congestion,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = _problem ?? (pool.Links.Any(link => link.Run is not null) ? "Every Asterisk has as many calls as it may." : "No Asterisk is connected."),
        Next = pool.Links.Select(link => link.Status.Problem).FirstOrDefault(problem => problem is not null) ?? "Try again, or another route.",
        PagesTotal = PagesTotal,
    };

    private FaxOutcome BadNumber() =>
        Rejected(OutcomeParty.Number, "The number, the caller or the trunk's domain cannot be written as a SIP address.", "Give digits with an optional plus sign, and a host name without blanks.")
            with { PagesTotal = PagesTotal };

    private FaxOutcome Rejected(OutcomeParty party, string sentence, string next) => new()
    {
        Class = OutcomeClass.Rejected,
        Phase = OutcomePhase.Dial,
        Party = party,
        Sentence = sentence,
        Next = next,
        PagesTotal = PagesTotal,
    };
}
