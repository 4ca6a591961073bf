namespace Faxbot.Fax.T30;

/// <summary>What a carrier (the T.38 terminal, or later a bank of modems) tells a T.30 machine.</summary>
public enum T30InputKind
{
    /// <summary>Time has passed; only the deadline matters.</summary>
    Tick,
    /// <summary>The far end began to send: preamble, training or first data.</summary>
    CarrierUp,
    /// <summary>A whole HDLC frame with a good FCS, on V.21 or at page speed.</summary>
    Frame,
    /// <summary>An HDLC frame that was damaged.</summary>
    BadFrame,
    /// <summary>Octets of a stream: training check or page.</summary>
    Data,
    /// <summary>Something of the current signal was lost; with V.21, perhaps in silence.</summary>
    Gap,
    /// <summary>The far end's signal ended or was lost.</summary>
    CarrierDown,
    /// <summary>The signal or tone handed over last has been sent to its end.</summary>
    Sent,
    /// <summary>The call is gone: nothing can be sent or received any more.</summary>
    LineLost,
    /// <summary>This side wants to end the call.</summary>
    Cancel,
}

/// <summary>One input of a T.30 machine; the octets are valid during the call only.</summary>
public readonly ref struct T30Input
{
    private T30Input(T30InputKind kind, Modulation modulation, ReadOnlySpan<byte> octets)
    {
        Kind = kind;
        Modulation = modulation;
        Octets = octets;
    }

    /// <summary>What happened.</summary>
    public T30InputKind Kind { get; }

    /// <summary>The modulation of the signal that it belongs to.</summary>
    public Modulation Modulation { get; }

    /// <summary>The frame or the data.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>An input without octets and modulation.</summary>
    public static T30Input Of(T30InputKind kind) => new(kind, Modulation.V21, default);

    /// <summary>The far end began to send.</summary>
    public static T30Input CarrierUp(Modulation modulation) => new(T30InputKind.CarrierUp, modulation, default);

    /// <summary>The far end's signal ended.</summary>
    public static T30Input CarrierDown(Modulation modulation) => new(T30InputKind.CarrierDown, modulation, default);

    /// <summary>A frame, address to information.</summary>
    public static T30Input Frame(Modulation modulation, ReadOnlySpan<byte> frame, bool fcsGood) =>
        new(fcsGood ? T30InputKind.Frame : T30InputKind.BadFrame, modulation, frame);

    /// <summary>Octets of a stream.</summary>
    public static T30Input Data(Modulation modulation, ReadOnlySpan<byte> octets) => new(T30InputKind.Data, modulation, octets);

    /// <summary>Part of the current signal was lost.</summary>
    public static T30Input Gap(Modulation modulation) => new(T30InputKind.Gap, modulation, default);
}
