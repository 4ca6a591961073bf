namespace Faxbot.Fax.T30;

/// <summary>What a T.30 machine wants of its carrier or has to tell its owner.</summary>
public abstract record T30Output
{
    private T30Output()
    {
    }

    /// <summary>Send a signal, after what was asked for before; answer with <see cref="T30InputKind.Sent"/>.</summary>
    public sealed record Send(Signal Signal) : T30Output;

    /// <summary>The caller's calling tone (CNG, T.30 4.2), until a signal is sent. Not answered.</summary>
    public sealed record CallingTone : T30Output;

    /// <summary>The called terminal's tone (CED, T.30 4.1) once; answered with <see cref="T30InputKind.Sent"/>.</summary>
    public sealed record AnsweringTone : T30Output;

    /// <summary>Break off what is being sent and forget what waits; no <see cref="T30InputKind.Sent"/> comes for it.</summary>
    public sealed record StopSending : T30Output;

    /// <summary>Something that the owner may want to know.</summary>
    public sealed record Event(FaxEvent Value) : T30Output;
}
