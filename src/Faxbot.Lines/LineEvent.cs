using Faxbot.Fax.T30;

namespace Faxbot.Lines;

/// <summary>What happens on a call, for progress and for evidence.</summary>
public abstract record LineEvent
{
    private LineEvent()
    {
    }

    /// <summary>The call goes out.</summary>
    public sealed record Dialling : LineEvent;

    /// <summary>The far end rings (180) or has early media (183).</summary>
    public sealed record Ringing(int Status) : LineEvent;

    /// <summary>The call was answered.</summary>
    public sealed record Answered : LineEvent;

    /// <summary>Both sides agreed on T.38.</summary>
    /// <param name="ByUs">Whether our re-INVITE or first offer did it, and not the far end's.</param>
    /// <param name="Version">The T.38 version.</param>
    /// <param name="ErrorCorrection">How we protect our packets: <c>redundancy</c>, <c>fec</c> or <c>none</c>.</param>
    public sealed record SwitchedToT38(bool ByUs, int Version, string ErrorCorrection) : LineEvent;

    /// <summary>Something happened in the fax session.</summary>
    public sealed record Fax(FaxEvent Event) : LineEvent;

    /// <summary>The call has been hung up.</summary>
    public sealed record HungUp(bool ByUs) : LineEvent;
}
