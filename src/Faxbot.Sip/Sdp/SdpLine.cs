namespace Faxbot.Sip.Sdp;

/// <summary>A line that we keep as it is.</summary>
public readonly record struct SdpLine(char Type, string Value)
{
    public override string ToString() => Type + "=" + Value;
}
