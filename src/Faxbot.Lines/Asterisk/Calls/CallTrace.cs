namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>What Asterisk knows of a call that it was asked about.</summary>
internal abstract record CallTrace
{
    private CallTrace()
    {
    }

    /// <summary>Its channel is there.</summary>
    /// <param name="Channel">The channel's name.</param>
    /// <param name="IsUp">Whether the far end answered.</param>
    /// <param name="PagesTotal">Pages that are to be sent.</param>
    /// <param name="FirstPage">The page of the document that the first one is, counted from 0.</param>
    public sealed record Alive(string Channel, bool IsUp, int PagesTotal, int FirstPage) : CallTrace;

    /// <summary>It is over, and the dialplan wrote what became of it.</summary>
    public sealed record Ended(FaxReport Report) : CallTrace;

    /// <summary>It was answered, has no channel any more, and nothing was written at its end: Asterisk itself ended.</summary>
    public sealed record CutOff : CallTrace;

    /// <summary>It was to be placed, has no channel, and was never answered.</summary>
    /// <param name="IsSameRun">Whether Asterisk still runs that was to place it.</param>
    public sealed record NotAnswered(bool IsSameRun) : CallTrace;

    /// <summary>Nothing is known of it.</summary>
    public sealed record Nothing : CallTrace;
}
