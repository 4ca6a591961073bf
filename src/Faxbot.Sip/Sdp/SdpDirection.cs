namespace Faxbot.Sip.Sdp;

/// <summary>Which way media flow, seen from the describing side (RFC 3264 5.1).</summary>
public enum SdpDirection
{
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
