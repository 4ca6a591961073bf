using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Transactions;

/// <summary>The ACK of a response from 300 to 699, and the CANCEL: the two requests that repeat the INVITE's branch.</summary>
internal static class HopByHopRequests
{
    /// <summary>RFC 3261 17.1.1.3: all from the INVITE, but To from the response.</summary>
    public static SipRequest AckOf(SipRequest invite, SipResponse response)
    {
        var ack = CopyOf(invite, SipMethod.Ack);
        ack.To = response.To;
        return ack;
    }

    /// <summary>RFC 3261 9.1.</summary>
    public static SipRequest CancelOf(SipRequest invite) => CopyOf(invite, SipMethod.Cancel);

    private static SipRequest CopyOf(SipRequest invite, SipMethod method)
    {
        var request = new SipRequest(method, invite.RequestUri);
        request.Headers.PrependVia(invite.TopVia);
        request.Headers.MaxForwards = 70;
        request.From = invite.From;
        request.To = invite.To;
        request.CallId = invite.CallId;
        request.CSeq = invite.CSeq with { Method = method };
        request.Headers.CopyFrom(invite.Headers, SipHeaderNames.Route);
        request.Headers.CopyFrom(invite.Headers, SipHeaderNames.UserAgent);
        return request;
    }
}
