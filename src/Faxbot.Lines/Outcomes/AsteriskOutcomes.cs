using System.Globalization;
using Faxbot.Fax.T30;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Outcomes;

/// <summary>What the end of a call over Asterisk means for a fax.</summary>
internal static class AsteriskOutcomes
{
    /// <summary>The outcome of a call that was answered, as the dialplan reports it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pagesTotal">Pages that were to be sent.</param>
    /// <param name="ownEnd">Why this side ended it; null where it did not.</param>
    public static FaxOutcome Sent(FaxReport report, int pagesTotal, FaxEnd? ownEnd)
    {
        var outcome = report switch
        {
            // Every page was confirmed: what came after that, the hang-up for one, takes none of them back.
            _ when report.Pages >= pagesTotal && pagesTotal > 0 => ByEngine(report with { Pages = pagesTotal }, pagesTotal, (FaxEnd.Completed, FaxPhase.HangUp)),
            { IsSuccess: false } when ownEnd is { } end => ByEngine(report, pagesTotal, (end, report.PageBegan ? FaxPhase.Page : FaxPhase.CallSetUp)),
            { Error: "T38_NEG_ERROR" } => SipOutcomes.NotSwitched(null, null, "The far end refused T.38.") with
            {
                Next = "Let the trunk's profile fall back to audio (audio.fallback), or use a trunk that carries T.38 to this number.",
                PagesTotal = pagesTotal,
            },
            _ when report.Error == "FILE_ERROR" || SpandspWords.IsOfFile(report.Words) => FileUnreadable(pagesTotal),
            { Error: "INIT_ERROR" or "MEMORY_ERROR" } => NotStarted(report, pagesTotal),
            // SUCCESS with pages missing is no success: the session ended early, and in order.
            { IsSuccess: true } => ByEngine(report, pagesTotal, (FaxEnd.Disconnected, FaxPhase.Page)),
            _ => ByEngine(report, pagesTotal, SpandspWords.Read(report.Words, report.PageBegan, report.FarIdentity is not null)),
        };
        return outcome with { Q850Cause = report.Cause, ProviderCode = CodeOf(report), FarIdentity = report.FarIdentity };
    }

    /// <summary>The outcome of a call that was never answered.</summary>
    /// <param name="sipAnswer">The SIP answer, such as <c>486 Busy Here</c> or the status alone; null where it is not known.</param>
    /// <param name="cause">The Q.850 cause.</param>
    /// <param name="hasRung">Whether the far end rang.</param>
    /// <param name="rules">What answers of the trunk mean.</param>
    /// <param name="pagesTotal">Pages that were to be sent.</param>
    public static FaxOutcome NotAnswered(string? sipAnswer, int? cause, bool hasRung, IReadOnlyList<TrunkFailureRule> rules, int pagesTotal)
    {
        var words = (sipAnswer ?? "").Split(' ', 2);
        var status = int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 300 and < 700 ? number : (int?)null;
        return SipOutcomes.NotAnswered(status, words.Length > 1 ? words[1] : "", cause, hasRung, rules) with { PagesTotal = pagesTotal };
    }

    /// <summary>The outcome of a call that was cancelled before it was answered.</summary>
    public static FaxOutcome Cancelled(int pagesTotal) =>
        Local("The call was cancelled on this side before the fax began.", "", pagesTotal);

    /// <summary>The outcome of a call that Asterisk would not place.</summary>
    public static FaxOutcome Refused(string message, int pagesTotal) => Local(
        $"Asterisk would not place the call: {message.TrimEnd('.')}.",
        "Check that the Asterisk check finds nothing wrong: the manager user's permissions, the dialplan of the gateway and the trunk's endpoint.", pagesTotal);

    /// <summary>The outcome of a call that Asterisk took and made no channel for.</summary>
    public static FaxOutcome NoChannel(int pagesTotal) => Local(
        "Asterisk could not make a channel for the call.",
        "Check that the trunk's endpoint is in Asterisk's pjsip.conf, that it has a place to call, and what Asterisk logged.", pagesTotal);

    /// <summary>The outcome of a call whose answer the gateway's dialplan did not see.</summary>
    public static FaxOutcome NoDialplan(int pagesTotal) => Local(
        "The call was answered, but Asterisk does not have the gateway's dialplan.", "Load the dialplan that the gateway writes, and reload Asterisk.", pagesTotal);

    /// <summary>The outcome of a call that was lost with its Asterisk, or with the connection to it, before it was answered.</summary>
    public static FaxOutcome LostBeforeAnswer(bool isSameRun, int pagesTotal) => isSameRun
        ? new FaxOutcome
        {
            Class = OutcomeClass.NoAnswer,
            Phase = OutcomePhase.Dial,
            Party = OutcomeParty.Number,
            Sentence = "The call was not answered; why is not known, since the connection to Asterisk was lost meanwhile.",
            Next = "Try again later.",
            PagesTotal = pagesTotal,
        }
        : new FaxOutcome
        {
            Class = OutcomeClass.Congestion,
            Phase = OutcomePhase.Dial,
            Party = OutcomeParty.Trunk,
            Sentence = "Asterisk ended before the call was answered.",
            Next = "Try again, or another route.",
            PagesTotal = pagesTotal,
        };

    /// <summary>The outcome of a call of which nobody knows what became of it.</summary>
    public static FaxOutcome Unknown(string sentence, bool isAnswered, int pagesConfirmed, int pagesTotal) => new()
    {
        Class = OutcomeClass.Unknown,
        Phase = isAnswered ? OutcomePhase.Page : OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = sentence,
        Next = "Ask the recipient before sending it again: pages may have been printed.",
        PagesConfirmed = pagesConfirmed,
        PagesPerhapsPrinted = pagesTotal - pagesConfirmed,
        PagesTotal = pagesTotal,
    };

    private static FaxOutcome ByEngine(FaxReport report, int pagesTotal, (FaxEnd End, FaxPhase Phase) ended)
    {
        var isOpen = report.PageBegan && ended is { End: not FaxEnd.Completed, Phase: FaxPhase.Page or FaxPhase.PostPage } && report.Pages < pagesTotal;
        var outcome = FaxOutcomes.Sent(new FaxResult(ended.End, ended.Phase, report.Pages, isOpen ? 1 : 0, null, null, report.FarIdentity), pagesTotal);
        return outcome with { Medium = report.HasStatus ? report.Medium : FaxMedium.None, BitRate = report.PageBegan ? report.BitRate : null };
    }

    private static string? CodeOf(FaxReport report) => report switch
    {
        { HasStatus: false } => null,
        { IsSuccess: true } => "SUCCESS",
        { Words.Length: > 0 } => report.Words,
        _ => report.Error,
    };

    private static FaxOutcome FileUnreadable(int pagesTotal) => Local(
        "Asterisk could not read the file with the pages.",
        "Check that the hand-over folder is the same on both sides, and that Asterisk's user may read what the gateway writes there.", pagesTotal);

    private static FaxOutcome NotStarted(FaxReport report, int pagesTotal) => Local(
        $"Asterisk could not start a fax session: {report.Words}.", "Check that its modules res_fax and res_fax_spandsp are loaded, and what it logged.", pagesTotal);

    private static FaxOutcome Local(string sentence, string next, int pagesTotal) => new()
    {
        Class = OutcomeClass.Local,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = sentence,
        Next = next,
        PagesTotal = pagesTotal,
    };
}
