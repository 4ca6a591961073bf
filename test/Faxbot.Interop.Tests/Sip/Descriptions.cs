using System.Net;
using Faxbot.Sip.Calls;

namespace Faxbot.Interop.Tests.Sip;

/// <summary>Session descriptions to send along; nobody sends media.</summary>
internal static class Descriptions
{
    public static SipBody Audio(IPEndPoint at) => SipBody.FromSdp(
        $"v=0\r\no=- 1 1 IN IP4 {at.Address}\r\ns=-\r\nc=IN IP4 {at.Address}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8 0\r\n"
        + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n");

    public static SipBody Fax(IPEndPoint at) => SipBody.FromSdp(
        $"v=0\r\no=- 1 2 IN IP4 {at.Address}\r\ns=-\r\nc=IN IP4 {at.Address}\r\nt=0 0\r\nm=image 40002 udptl t38\r\n"
        + "a=T38FaxVersion:0\r\na=T38MaxBitRate:14400\r\na=T38FaxRateManagement:transferredTCF\r\na=T38FaxMaxDatagram:400\r\n"
        + "a=T38FaxUdpEC:t38UDPRedundancy\r\n");
}
