using System.Threading.Channels;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>The end of a call, by whichever side it comes. Owned by the call's script.</summary>
internal sealed class CallEnd(SipPort port, SipCall sip, ChannelReader<SipCallEvent> events, TimeProvider time, LineCall call)
{
    // The BYE's answer is waited for this long; SIP goes on repeating it after that.
    private static readonly TimeSpan HangUpWait = TimeSpan.FromSeconds(4);

    /// <summary>Whether it has come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Notes an event that is the last one.</summary>
    public void Note(SipCallEvent happened)
    {
        if (!happened.IsLast || IsOver) return;
        IsOver = true;
        call.Report(new LineEvent.HungUp(happened is SipCallEvent.Ended { Cause: SipEndCause.Local }));
    }

    /// <summary>Ends the call, unless the far end has.</summary>
    public async Task HangUpAsync()
    {
        if (IsOver) return;
        port.Do(now => sip.HangUp(now));
        using var limit = new CancellationTokenSource(HangUpWait, time);
        try
        {
            await foreach (var happened in events.ReadAllAsync(limit.Token)) Note(happened);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The far end does not confirm; the call is over for us all the same.
        }

        if (!IsOver) call.Report(new LineEvent.HungUp(ByUs: true));
        IsOver = true;
    }
}
