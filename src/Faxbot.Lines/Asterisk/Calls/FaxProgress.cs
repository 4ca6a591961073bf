using Faxbot.Fax.T30;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>How far the fax session of a call is, by what Asterisk says of it when it is asked. Not thread-safe: the call's machine owns it.</summary>
internal sealed class FaxProgress(CallTerms terms, Action<LineEvent> report)
{
    // SendFAX with the option z waits so long for the far end before it asks for T.38 itself.
    private static readonly TimeSpan AsksAfter = TimeSpan.FromSeconds(9);
    private const string NoPage = "0x0";
    private DateTimeOffset _answered;
    private int _started;

    /// <summary>Pages that are known to be confirmed.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Whether a page has begun.</summary>
    public bool PageBegan => _started > 0;

    /// <summary>Whether error correction is in use; null while nobody said.</summary>
    public bool? Ecm { get; private set; }

    public void OnAnswer(DateTimeOffset now) => _answered = now;

    public void OnT38(DateTimeOffset now)
    {
        var byUs = terms.T38.Switch != T38Switch.FarEnd && now - _answered >= AsksAfter;
        report(new LineEvent.SwitchedToT38(byUs, terms.T38.Version, terms.T38.ErrorCorrection.ToString().ToLowerInvariant()));
    }

    /// <summary>Takes a FAXSession event.</summary>
    public void OnSession(AmiMessage session)
    {
        if (session["ImageResolution"] is "" or NoPage) return;
        Ecm = session["ErrorCorrectionMode"].Equals("Yes", StringComparison.OrdinalIgnoreCase);
        Confirm(session.Number("PagesTransmitted") ?? 0);
        if (Confirmed < terms.PagesTotal) Start(Confirmed + 1);
    }

    /// <summary>So many pages are confirmed.</summary>
    public void Confirm(int pages)
    {
        while (Confirmed < Math.Min(pages, terms.PagesTotal))
        {
            Start(Confirmed + 1);
            Confirmed++;
            // T.30 5.3.6.1.7: the engine counts a page when MCF or RTP has come; which of them, and the rows, it does not say.
            report(new LineEvent.Fax(new FaxEvent.PageConfirmed(terms.FirstPage + Confirmed, 0, 0, 0, FrameType.Mcf)));
        }
    }

    private void Start(int page)
    {
        if (page <= _started) return;
        _started = page;
        report(new LineEvent.Fax(new FaxEvent.PageStarted(terms.FirstPage + page, 1)));
    }
}
