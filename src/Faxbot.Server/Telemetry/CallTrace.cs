using System.Diagnostics;
using Faxbot.Fax.T30;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Telemetry;

/// <summary>Times the phases and pages of one call, and tells them as one trace. Not thread-safe: whoever follows the call owns it.</summary>
internal sealed class CallTrace : IDisposable
{
    private readonly Activity? _activity;
    private string _phase = "dial";
    private DateTimeOffset _since;
    private DateTimeOffset? _pageSince;

    public CallTrace(string attemptId, DateTimeOffset started)
    {
        _since = started;
        _activity = GatewayMeter.Traces.StartActivity("fax.call", ActivityKind.Client);
        _activity?.SetTag("faxbot.attempt", attemptId);
    }

    /// <summary>Something happened.</summary>
    public void Note(TimedEvent happened)
    {
        switch (happened.Event)
        {
            case LineEvent.Answered:
                Enter("negotiate", happened.At);
                break;
            case LineEvent.Fax { Event: FaxEvent.Negotiated }:
                Enter("train", happened.At);
                break;
            case LineEvent.Fax { Event: FaxEvent.PageStarted }:
                Enter("page", happened.At);
                _pageSince ??= happened.At;
                break;
            case LineEvent.Fax { Event: FaxEvent.PageConfirmed } when _pageSince is { } since:
                GatewayMeter.PageConfirmed(happened.At - since);
                _activity?.AddEvent(new ActivityEvent("fax.page_confirmed", happened.At));
                _pageSince = null;
                break;
        }
    }

    /// <summary>The call is over.</summary>
    public void End(FaxOutcome outcome)
    {
        _activity?.SetTag("faxbot.class", outcome.Class.ToString());
        _activity?.SetTag("faxbot.pages_confirmed", outcome.PagesConfirmed);
        if (outcome.Class != OutcomeClass.Success) _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _activity?.Dispose();

    private void Enter(string phase, DateTimeOffset at)
    {
        if (_phase == phase) return;
        if (_phase != "page") GatewayMeter.PhaseOver(_phase, at - _since);
        _activity?.AddEvent(new ActivityEvent("fax." + phase, at));
        (_phase, _since) = (phase, at);
    }
}
