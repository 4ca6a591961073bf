namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>What happens on a connection to a server, in order.</summary>
internal abstract record AmiSignal
{
    private AmiSignal()
    {
    }

    /// <summary>The connection stands: the login was accepted.</summary>
    public sealed record Connected : AmiSignal;

    /// <summary>Asterisk reports something.</summary>
    public sealed record Happened(AmiMessage Event) : AmiSignal;

    /// <summary>The connection is gone; what happens until the next one stands is not reported.</summary>
    public sealed record Lost : AmiSignal;
}
