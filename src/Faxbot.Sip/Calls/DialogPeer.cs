using System.Net;
using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>The far end of a dialog: where it is, and how to speak to it.</summary>
internal sealed class DialogPeer(
    UserAgentCore core, SipDialog dialog, CallAuthorization authorization, SipNameAddr contact, IPEndPoint local, SipHop address)
{
    private SipHop _address = address;

    public UserAgentCore Core => core;

    public SipDialog Dialog => dialog;

    public CallAuthorization Authorization => authorization;

    public SipNameAddr Contact => contact;

    public IPEndPoint Local => local;

    /// <summary>Where a request goes: the first hop of the route where it is an address; a name is left to the place the peer was last seen at.</summary>
    public SipHop Destination =>
        core.Options.PinCallsToPeerAddress ? _address : HostAddress.Of(dialog.FirstHop, _address) ?? _address;

    /// <summary>The next request within the dialog, with the headers that offer or refresh a target (RFC 3261 14.1, RFC 3311 5.1).</summary>
    public SipRequest CreateTargetRefresh(SipMethod method)
    {
        var request = dialog.CreateRequest(method);
        request.Headers.Contact = contact;
        core.Capabilities.WriteAllow(request);
        Capabilities.WriteSupported(request);
        return request;
    }

    public ClientTransaction Send(IClientTransactionUser user, SipRequest request, TimeSpan now)
    {
        authorization.Sign(request);
        return core.SendRequest(user, request, Destination, local, now);
    }

    /// <summary>Acknowledges a 2xx to that INVITE; the octets are for its retransmissions. It carries the INVITE's credentials (13.2.2.4).</summary>
    public (byte[] Bytes, SipHop Destination) Acknowledge(SipRequest invite)
    {
        var ack = dialog.CreateAck(invite.CSeq.Number);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderNames.Authorization);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderNames.ProxyAuthorization);
        var destination = Destination;
        return (core.SendAck(ack, destination, local), destination);
    }

    /// <summary>The peer refreshed its target from there.</summary>
    public void Refresh(SipMessage message, SipHop? source)
    {
        dialog.RefreshTarget(message);
        _address = source ?? _address;
    }
}
