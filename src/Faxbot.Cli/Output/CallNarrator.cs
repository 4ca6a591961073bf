using Faxbot.Fax.T30;
using Faxbot.Lines;

namespace Faxbot.Cli.Output;

/// <summary>Says in words what happens on a call, and keeps count for the line that shows where it stands.</summary>
internal sealed class CallNarrator(int? pagesTotal)
{
    private string _phase = "calling";
    private string _rate = "";
    private int _page;
    private int _confirmed;
    private bool _ended;

    /// <summary>Where the call stands, in one line.</summary>
    public string Standing
    {
        get
        {
            var parts = new List<string> { _phase };
            if (_page > 0) parts.Add(pagesTotal is { } total ? $"page {_page} of {total}" : $"page {_page}");
            if (_rate.Length > 0) parts.Add(_rate);
            if (_page > 0) parts.Add($"{_confirmed} confirmed");
            return string.Join(" · ", parts);
        }
    }

    /// <summary>A line for what happened; null where it only changes <see cref="Standing"/>.</summary>
    public string? Tell(LineEvent happened)
    {
        switch (happened)
        {
            case LineEvent.Dialling:
                _phase = "calling";
                return null;
            case LineEvent.Ringing { Status: var status }:
                _phase = "ringing";
                return status == 180 ? "ringing" : "early media from the far end";
            case LineEvent.Answered:
                _phase = "waiting for T.38";
                return "answered";
            case LineEvent.SwitchedToT38 switched:
                _phase = "waiting for the fax machine";
                return $"T.38 version {switched.Version}, asked for by {(switched.ByUs ? "us" : "the far end")}, {switched.ErrorCorrection} against loss";
            case LineEvent.HungUp { ByUs: var byUs }:
                _phase = "over";
                // After the last frame either side may hang up first: that is no news.
                return byUs || _ended ? null : "the far end hung up";
            case LineEvent.Fax { Event: var fax }:
                return Tell(fax);
            default:
                return null;
        }
    }

    private string? Tell(FaxEvent happened)
    {
        switch (happened)
        {
            case FaxEvent.Identified { Identity: var identity }:
                return $"the far end calls itself {identity}";
            case FaxEvent.Negotiated { Settings: var settings }:
                _phase = "training";
                _rate = $"{settings.Modulation.BitRate()} bit/s";
                return $"{_rate}, {settings.Coding.ToString().ToUpperInvariant()}, {(settings.Ecm ? "error correction" : "no error correction")}, " +
                    $"{settings.Format.Width} pixels a line, {settings.Format.Resolution.ToString().ToLowerInvariant()}";
            case FaxEvent.TrainingFailed { Modulation: var failed }:
                return $"training failed at {failed.BitRate()} bit/s";
            case FaxEvent.PageStarted { Page: var page, Attempt: var attempt }:
                _phase = "page data";
                _page = page;
                return attempt == 1 ? null : $"page {page} once more";
            case FaxEvent.FramesRequested { Page: var page, Frames: var frames }:
                return $"page {page}: {frames} frame{(frames == 1 ? "" : "s")} to be repeated";
            case FaxEvent.PageRejected { Page: var page, Reply: var reply }:
                return $"page {page} rejected ({reply.ToString().ToUpperInvariant()})";
            case FaxEvent.PageConfirmed confirmed:
                _phase = "after the page";
                _confirmed++;
                var damage = confirmed.BadRows == 0 ? "" : $", {confirmed.BadRows} damaged rows";
                return $"page {confirmed.Page}{(pagesTotal is { } total ? $" of {total}" : "")} confirmed ({confirmed.Reply.ToString().ToUpperInvariant()}), " +
                    $"{confirmed.Rows} rows, {confirmed.Octets} octets{damage}";
            case FaxEvent.Ended:
                _phase = "hanging up";
                _ended = true;
                return null;
            default:
                return null;
        }
    }
}
