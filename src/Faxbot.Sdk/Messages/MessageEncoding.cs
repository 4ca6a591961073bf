namespace Faxbot.Sdk.Messages;

/// <summary>How the text of a short message is coded.</summary>
public enum MessageEncoding
{
    /// <summary>The GSM 7 bit default alphabet with its extension table (3GPP TS 23.038 6.2.1).</summary>
    Gsm7,
    /// <summary>Two octets a unit (TS 23.038 6.2.3); letters beyond the basic plane as two of them.</summary>
    Ucs2,
}
