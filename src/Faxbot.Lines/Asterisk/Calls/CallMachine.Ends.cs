using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>The ends of a call.</summary>
internal sealed partial class CallMachine
{
    private void EndWith(FaxReport report)
    {
        if (!report.IsAnswered)
        {
            EndUnanswered(report.SipAnswer, report.Cause);
            return;
        }

        var outcome = AsteriskOutcomes.Sent(report, _terms.PagesTotal, _ownEnd);
        _progress.Confirm(outcome.PagesConfirmed);
        Report(new LineEvent.HungUp(_ownEnd is not null || report.IsSuccess));
        End(outcome with { Ecm = _progress.Ecm });
    }

    private void EndUnanswered(string? sipAnswer, int? cause) =>
        EndUnlessCancelled(AsteriskOutcomes.NotAnswered(sipAnswer, cause, _hasRung, _terms.Failures, _terms.PagesTotal));

    private void EndWithoutChannel() => EndUnlessCancelled(AsteriskOutcomes.NoChannel(_terms.PagesTotal));

    private void EndMissing(bool isSameRun) => EndUnlessCancelled(AsteriskOutcomes.LostBeforeAnswer(isSameRun, _terms.PagesTotal));

    private void EndUnlessCancelled(FaxOutcome outcome) => End(_ownEnd is null ? outcome : AsteriskOutcomes.Cancelled(_terms.PagesTotal));

    private void EndCutOff() => End(AsteriskOutcomes.Unknown("Asterisk ended in the middle of the call.", isAnswered: true, _progress.Confirmed, _terms.PagesTotal));

    private void EndUnseen()
    {
        MayGoOn = true;
        End(AsteriskOutcomes.Unknown("The connection to Asterisk was lost, and what became of the call is not known.", _isAnswered, _progress.Confirmed, _terms.PagesTotal));
    }

    private void End(FaxOutcome outcome)
    {
        _isOver = true;
        _outputs.Enqueue(new CallOutput.End(outcome));
    }
}
