using Faxbot.Fax.T30;
using Faxbot.Testing.Faxes;

namespace Faxbot.Testing.Calls;

/// <summary>Plays the far end of a scripted call to a T.30 machine, in virtual time.</summary>
public sealed class CallPlayer : IDisposable
{
    private static readonly FrameType[] Confirmations = [FrameType.Mcf, FrameType.Rtp, FrameType.Pip];

    private readonly CallScript _script;
    private readonly IT30Machine _machine;
    private readonly FarEnd _farEnd;
    private readonly CollectedPages _pages = new();
    private readonly Queue<HeardSignal> _saying = new();
    private readonly List<FaxEvent> _events = [];
    private bool _callingTone;
    private TimeSpan _now;

    private CallPlayer(CallScript script)
    {
        _script = script;
        _machine = script.Options.Transmits
            ? new FaxTransmitter(script.Options.Document, script.Options.Transmitter)
            : new FaxReceiver(_pages, script.Options.Receiver);
        _farEnd = new FarEnd(calls: !script.Options.Calls, Pass, Report);
    }

    /// <summary>Plays a call to its end.</summary>
    /// <exception cref="CallScriptException">The machine did not do what the script says.</exception>
    public static FaxResult Play(CallScript script)
    {
        using var player = new CallPlayer(script);
        return player.Play();
    }

    /// <inheritdoc/>
    public void Dispose() => (_machine as IDisposable)?.Dispose();

    private FaxResult Play()
    {
        _machine.Start(_now);
        Drain();
        foreach (var step in _script.Steps) Do(step);
        StayQuiet();
        return _machine.Result!;
    }

    private void Do(CallLine step)
    {
        switch (step.Verb)
        {
            case "expect" when step.Words[0] == "CNG":
                if (!_callingTone) throw step.Wrong("the machine does not call");
                break;
            case "expect":
                Expect(step);
                break;
            case "send":
                if (_saying.TryPeek(out var saying)) throw step.Wrong($"the machine is sending {saying}");
                Send(step);
                break;
            case "wait":
                Pass(_now + CallWords.Seconds(step.Words[0]));
                if (_saying.TryPeek(out var said)) throw step.Wrong($"the machine sends {said}");
                break;
            case "drop":
                Report(T30Input.Of(T30InputKind.LineLost));
                break;
            case "cancel":
                Report(T30Input.Of(T30InputKind.Cancel));
                break;
            case "busy":
                _pages.IsBusy = step.Words[0] == "on";
                break;
            case "kept":
                CheckKept(step);
                break;
            case "result":
                CheckResult(step);
                break;
            default:
                throw step.Wrong("unknown verb");
        }
    }

    private void Expect(CallLine step)
    {
        var began = _now;
        while (_saying.Count == 0)
        {
            if (_machine.Result is { } result) throw step.Wrong($"the machine has ended: {result}");
            Pass(_machine.Deadline ?? throw step.Wrong("the machine says nothing and waits for nothing"));
        }

        CheckTime(step, _now - began);
        var signal = _saying.Peek();
        if (!signal.Matches(step)) throw step.Wrong($"the machine sends {signal}");
        Pass(_now + signal.Duration);
        _saying.Dequeue();
        Report(T30Input.Of(T30InputKind.Sent));
    }

    private void Send(CallLine step)
    {
        var confirmed = Confirmed;
        _farEnd.Send(step, _now);
        if (!_script.Options.Transmits || Confirmed == confirmed) return;
        if (!Confirmations.Contains(new CallFrame(step, step.Words[^1]).Type)) throw step.Wrong("a page counts as confirmed that was not");
    }

    private int Confirmed => _events.OfType<FaxEvent.PageConfirmed>().Count();

    private void CheckKept(CallLine step)
    {
        if (_pages.Kept.Count != step.Words.Count) throw step.Wrong($"{_pages.Kept.Count} pages were kept");
        foreach (var (page, word) in _pages.Kept.Zip(step.Words))
        {
            var damaged = word.EndsWith('~');
            var whole = page.Equals(SampleDocument.Page((int)CallWords.Seconds(word.TrimEnd('~')).TotalSeconds));
            if (whole == damaged || (page.BadRows > 0) != damaged) throw step.Wrong($"page {word} is {(whole ? "whole" : "not whole")}, with {page.BadRows} bad rows");
        }
    }

    // END PHASE FRAME CONFIRMED PERHAPS, a dash for no frame.
    private void CheckResult(CallLine step)
    {
        var began = _now;
        while (_machine.Result is null)
        {
            if (_saying.TryPeek(out var saying)) throw step.Wrong($"the machine goes on with {saying}");
            Pass(_machine.Deadline ?? throw step.Wrong("the machine waits for nothing, and has not ended"));
        }

        CheckTime(step, _now - began);
        var result = _machine.Result!;
        var words = $"{result.End} {result.Phase} {result.LastFrame?.ToString().ToUpperInvariant() ?? "-"} {result.PagesConfirmed} {result.PagesPerhapsPrinted}";
        if (words != string.Join(' ', step.Subjects)) throw step.Wrong($"it is {words}");
        if (result.PagesConfirmed != Confirmed) throw step.Wrong($"{Confirmed} pages were reported as confirmed");
    }

    private static void CheckTime(CallLine step, TimeSpan took)
    {
        if (step.After is { } after && (took < after.From || took > after.To)) throw step.Wrong($"it was after {took.TotalSeconds:0.00} s");
    }

    private void StayQuiet()
    {
        if (_machine.Deadline is not null) throw new CallScriptException($"{_script.Name}: a deadline after the end");
        foreach (var kind in Enum.GetValues<T30InputKind>())
        {
            _machine.Handle(T30Input.Of(kind), _now += TimeSpan.FromMinutes(1));
            if (_machine.TryTake(out var output)) throw new CallScriptException($"{_script.Name}: {output} after the end");
        }
    }

    /// <summary>Lets time pass, with a tick whenever the machine wants one.</summary>
    private void Pass(TimeSpan until)
    {
        while (_machine.Deadline is { } deadline && deadline <= until)
        {
            if (deadline > _now) _now = deadline;
            Report(T30Input.Of(T30InputKind.Tick));
        }

        if (until > _now) _now = until;
    }

    private void Report(scoped in T30Input input)
    {
        _machine.Handle(input, _now);
        Drain();
    }

    private void Drain()
    {
        while (_machine.TryTake(out var output))
        {
            switch (output)
            {
                case T30Output.Send send:
                    _saying.Enqueue(HeardSignal.Of(send.Signal));
                    break;
                case T30Output.AnsweringTone:
                    _saying.Enqueue(HeardSignal.AnsweringTone);
                    break;
                case T30Output.CallingTone:
                    _callingTone = true;
                    break;
                case T30Output.StopSending:
                    _saying.Clear();
                    break;
                case T30Output.Event happened:
                    _events.Add(happened.Value);
                    break;
            }
        }
    }
}
