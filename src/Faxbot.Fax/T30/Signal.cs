namespace Faxbot.Fax.T30;

/// <summary>
/// One uninterrupted transmission: a modulation, its training or preamble, then HDLC frames or a plain stream of bits. The carrier
/// pulls it at its own pace, so that no page is held in memory. Read once, by one reader.
/// </summary>
public abstract class Signal
{
    private protected Signal(Modulation modulation, bool shortTraining)
    {
        Modulation = modulation;
        ShortTraining = shortTraining;
    }

    /// <summary>The modem.</summary>
    public Modulation Modulation { get; }

    /// <summary>V.17 alone: the short training sequence, allowed once the long one has succeeded.</summary>
    public bool ShortTraining { get; }
}

/// <summary>HDLC frames: control frames on V.21, or the coded data of an ECM page.</summary>
public abstract class FrameSignal : Signal
{
    private protected FrameSignal(Modulation modulation, bool shortTraining)
        : base(modulation, shortTraining)
    {
    }

    /// <summary>The next frame, address to information, without FCS; valid until the next call. False after the last one.</summary>
    public abstract bool TryReadFrame(out ReadOnlySpan<byte> frame);
}

/// <summary>A plain stream of octets, most significant bit first: a training check or a page without error correction.</summary>
public abstract class StreamSignal : Signal
{
    private protected StreamSignal(Modulation modulation, bool shortTraining)
        : base(modulation, shortTraining)
    {
    }

    /// <summary>Whether these are the zeros of a training check, which a call with local TCF does not carry.</summary>
    public virtual bool IsTrainingCheck => false;

    /// <summary>Reads the octets that follow; 0 at the end.</summary>
    public abstract int Read(Span<byte> destination);
}
