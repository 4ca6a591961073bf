namespace Faxbot.Sip.Sdp;

/// <summary>An <c>a=</c> line (RFC 8866 5.13): a flag where the value is null.</summary>
public readonly record struct SdpAttribute(string Name, string? Value = null)
{
    public override string ToString() => Value is null ? Name : Name + ":" + Value;

    internal static SdpAttribute Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new SdpAttribute(text) : new SdpAttribute(text[..colon], text[(colon + 1)..]);
    }
}
