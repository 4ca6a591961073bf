using Faxbot.Fax.T30;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>
/// A call over Asterisk, from the action that places it to its outcome. Inputs are what AMI says of it and time; after each
/// <see cref="Handle"/> the outputs are drained. A tick before <see cref="Deadline"/> changes nothing, and nothing comes after
/// <see cref="CallOutput.End"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// Only Hangup is always the last event of a channel; OriginateResponse may come before all of its events and after them, for Asterisk sends it another way. The
/// dialplan's report comes right before Hangup. Where events may have been missed, Asterisk is asked (<see cref="CallOutput.LookUp"/>) and its record decides.
/// </remarks>
internal sealed partial class CallMachine
{
    // How long the Hangup of a channel may come after the sign that it will.
    private static readonly TimeSpan HangupPatience = TimeSpan.FromSeconds(15);

    // An Originate that was just taken has no channel yet; one that failed may have had a channel whose events are still to come.
    private static readonly TimeSpan ChannelPatience = TimeSpan.FromSeconds(3);

    private readonly CallTerms _terms;
    private readonly FaxProgress _progress;
    private readonly Queue<CallOutput> _outputs = new();
    private readonly DateTimeOffset _limit;
    private DateTimeOffset? _noFax;
    private DateTimeOffset? _lastWord;
    private DateTimeOffset? _lookAgain;
    private DateTimeOffset? _patience;
    private FaxReport? _report;
    private FaxEnd? _ownEnd;
    private bool _isAnswered;
    private bool _hasRung;
    private bool _mayBePlaced;
    private bool _isFailed;
    private bool _isLookedUp;
    private bool _isOver;

    private CallMachine(CallTerms terms, DateTimeOffset now)
    {
        _terms = terms;
        _progress = new FaxProgress(terms, Report);
        _limit = now + terms.MaxDuration;
    }

    /// <summary>The name of the call's channel; null while there is none.</summary>
    public string? Channel { get; private set; }

    /// <summary>Whether a fax session may be under way.</summary>
    public bool IsFaxing => _isAnswered && !_isOver;

    /// <summary>Whether the call may go on in Asterisk although it has an outcome: nobody could be asked any more.</summary>
    public bool MayGoOn { get; private set; }

    /// <summary>When a tick is due; null after the end.</summary>
    public DateTimeOffset? Deadline => _isOver ? null : new[] { _limit, _noFax, _lastWord, _lookAgain, _patience }.Min();

    /// <summary>The machine of a call that is about to be placed.</summary>
    public static CallMachine ToPlace(CallTerms terms, DateTimeOffset now)
    {
        var machine = new CallMachine(terms, now);
        machine.Report(new LineEvent.Dialling());
        return machine;
    }

    /// <summary>The machine of a call that was found alive.</summary>
    public static CallMachine ToFollow(CallTerms terms, CallTrace.Alive trace, DateTimeOffset now)
    {
        var machine = new CallMachine(terms, now) { _mayBePlaced = true };
        machine.OnAlive(trace, now);
        return machine;
    }

    /// <summary>Takes the next output out.</summary>
    public bool TryTake(out CallOutput? output) => _outputs.TryDequeue(out output);

    /// <summary>Takes an input.</summary>
    public void Handle(CallInput input, DateTimeOffset now)
    {
        if (_isOver) return;
        switch (input)
        {
            case CallInput.Placed placed: OnPlaced(placed.Result, now); break;
            case CallInput.Happened happened: OnEvent(happened.Event, now); break;
            case CallInput.ConnectionLost: _patience ??= now + _terms.ReconnectPatience; break;
            case CallInput.ConnectionBack: LookUp(); break;
            case CallInput.Found found: OnFound(found.Trace, now); break;
            case CallInput.Cancel: OnCancel(FaxEnd.Cancelled, now); break;
        }

        OnTime(now);
    }

    private void OnPlaced(AmiResult result, DateTimeOffset now)
    {
        switch (result.Outcome)
        {
            case AmiOutcome.Success:
                _mayBePlaced = true;
                if (_ownEnd is not null) HangUp(now);
                break;
            case AmiOutcome.Unanswered or AmiOutcome.Incomplete:
                _mayBePlaced = true;
                _patience ??= now + _terms.ReconnectPatience;
                break;
            case AmiOutcome.NotSent:
                End(AsteriskOutcomes.LostBeforeAnswer(isSameRun: false, _terms.PagesTotal) with { Sentence = "The connection to Asterisk was lost before the call was placed." });
                break;
            default:
                End(AsteriskOutcomes.Refused(result.Message, _terms.PagesTotal));
                break;
        }
    }

    private void OnEvent(AmiMessage happened, DateTimeOffset now)
    {
        switch (happened.Event)
        {
            case "Newchannel": Channel = happened["Channel"]; break;
            case "Newstate" when happened["ChannelState"] == "6": OnAnswer(now); break;
            case "DialState" when happened["DialStatus"] == "RINGING": OnRinging(180); break;
            case "DialState" when happened["DialStatus"] == "PROGRESS": OnRinging(183); break;
            case "FAXStatus" when happened["Status"] == "T.38 Negotiated": _progress.OnT38(now); break;
            case "FAXSession":
                _progress.OnSession(happened);
                if (_progress.PageBegan) _noFax = null;
                break;
            case "UserEvent" when FaxReport.TryParseEncoded(happened["Result"], out var report): _report = report; break;
            case "OriginateResponse" when happened.Response == "Failure": OnFailed(now); break;
            case "Hangup": OnHangup(happened); break;
        }
    }

    private void OnRinging(int status)
    {
        if (_hasRung || _isAnswered) return;
        _hasRung = true;
        Report(new LineEvent.Ringing(status));
    }

    private void OnAnswer(DateTimeOffset now)
    {
        if (_isAnswered) return;
        _isAnswered = true;
        _noFax = now + _terms.NoFaxAfter;
        _progress.OnAnswer(now);
        Report(new LineEvent.Answered());
    }

    // The Hangup of its channel says why, and the record where there was none.
    private void OnFailed(DateTimeOffset now)
    {
        _isFailed = true;
        // One that was cancelled may be waited for longer already.
        _lastWord = Channel is null ? now + ChannelPatience : _lastWord ?? now + HangupPatience;
    }

    private void OnHangup(AmiMessage hangup)
    {
        if (_report is { } report) EndWith(report);
        else if (_isAnswered) LookUp();
        else EndUnanswered(hangup["TechCause"], hangup.Number("Cause"));
    }

    private void OnCancel(FaxEnd why, DateTimeOffset now)
    {
        if (_ownEnd is not null) return;
        _ownEnd = why;
        if (_mayBePlaced) HangUp(now);
    }

    private void OnFound(CallTrace? trace, DateTimeOffset now)
    {
        if (trace is null) return;
        switch (trace)
        {
            case CallTrace.Alive alive: OnAlive(alive, now); break;
            case CallTrace.Ended ended: EndWith(ended.Report); break;
            case CallTrace.CutOff: EndCutOff(); break;
            case CallTrace.NotAnswered { IsSameRun: true } when _isAnswered: End(AsteriskOutcomes.NoDialplan(_terms.PagesTotal)); break;
            case CallTrace.NotAnswered { IsSameRun: true } when _isFailed && Channel is null: EndWithoutChannel(); break;
            case CallTrace.NotAnswered { IsSameRun: true } when !_isLookedUp:
                (_isLookedUp, _lookAgain, _patience) = (true, now + ChannelPatience, null);
                break;
            case CallTrace.NotAnswered missing when !_isAnswered: EndMissing(missing.IsSameRun); break;
            default: EndCutOff(); break;
        }
    }

    private void OnAlive(CallTrace.Alive alive, DateTimeOffset now)
    {
        (Channel, _patience) = (alive.Channel, null);
        if (alive.IsUp) OnAnswer(now);
        // A Hangup that was asked for while the connection was away may not have arrived.
        if (_ownEnd is not null) HangUp(now);
    }

    private void OnTime(DateTimeOffset now)
    {
        if (_isOver) return;
        if (now >= _limit && _ownEnd is null) OnCancel(FaxEnd.Cancelled, now);
        else if (now >= _noFax) GiveUpOnFax(now);
        if (now >= _lookAgain) LookUp();
        if (now >= _lastWord) LookUp();
        if (now >= _patience || now >= _limit + HangupPatience + HangupPatience) EndUnseen();
    }

    private void GiveUpOnFax(DateTimeOffset now)
    {
        _noFax = null;
        OnCancel(FaxEnd.NoFax, now);
    }

    private void HangUp(DateTimeOffset now)
    {
        _lastWord = now + HangupPatience;
        _outputs.Enqueue(new CallOutput.HangUp());
    }

    private void LookUp()
    {
        (_lookAgain, _lastWord) = (null, null);
        _outputs.Enqueue(new CallOutput.LookUp());
    }

    private void Report(LineEvent happened) => _outputs.Enqueue(new CallOutput.Report(happened));
}
