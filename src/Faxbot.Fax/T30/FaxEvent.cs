namespace Faxbot.Fax.T30;

/// <summary>What happens in a fax session, for progress and for evidence.</summary>
public abstract record FaxEvent
{
    private FaxEvent()
    {
    }

    /// <summary>The far end named itself (CSI, TSI or CIG).</summary>
    public sealed record Identified(string Identity) : FaxEvent;

    /// <summary>The transmitter gave a subaddress (SUB) or its sender identification (SID).</summary>
    public sealed record Addressed(string? Subaddress, string? SenderIdentification) : FaxEvent;

    /// <summary>The transmitter chose, by DCS or CTC, how pages go.</summary>
    public sealed record Negotiated(DcsSettings Settings) : FaxEvent;

    /// <summary>The training check succeeded (CFR).</summary>
    public sealed record Trained(Modulation Modulation) : FaxEvent;

    /// <summary>The training check failed (FTT or no answer).</summary>
    public sealed record TrainingFailed(Modulation Modulation) : FaxEvent;

    /// <summary>Page <paramref name="Page"/> (from 1) begins to go out or come in, the <paramref name="Attempt"/>th time.</summary>
    public sealed record PageStarted(int Page, int Attempt) : FaxEvent;

    /// <summary>How far the page is: coded octets moved so far.</summary>
    public sealed record PageProgress(int Page, long Octets) : FaxEvent;

    /// <summary>The receiver confirmed the page: MCF, RTP or PIP.</summary>
    /// <param name="Page">Counted from 1.</param>
    /// <param name="Rows">Rows of the page.</param>
    /// <param name="BadRows">Rows that arrived damaged, on the receiving side without error correction.</param>
    /// <param name="Octets">Coded octets.</param>
    /// <param name="Reply">The frame that confirmed it.</param>
    public sealed record PageConfirmed(int Page, int Rows, int BadRows, long Octets, FrameType Reply) : FaxEvent;

    /// <summary>The page was not received well enough: RTN, PIN or ERR.</summary>
    public sealed record PageRejected(int Page, FrameType Reply) : FaxEvent;

    /// <summary>ECM: the receiver asked for <paramref name="Frames"/> frames of the page again.</summary>
    public sealed record FramesRequested(int Page, int Block, int Frames) : FaxEvent;

    /// <summary>A control frame, for the trace.</summary>
    public sealed record FrameSeen(bool Sent, FrameType Type, ReadOnlyMemory<byte> Octets) : FaxEvent;

    /// <summary>The session ended.</summary>
    public sealed record Ended(FaxResult Result) : FaxEvent;
}
