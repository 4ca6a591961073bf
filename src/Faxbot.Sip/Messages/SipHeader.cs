namespace Faxbot.Sip.Messages;

/// <summary>One header field: its name (in the standard's spelling where known) and its value, unfolded, without outer spaces.</summary>
public readonly record struct SipHeader(string Name, string Value)
{
    public override string ToString() => Name + ": " + Value;
}
