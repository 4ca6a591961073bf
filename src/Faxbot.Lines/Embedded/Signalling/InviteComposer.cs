using System.Net;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Writes the INVITE of a call as its trunk wants it: numbers, caller, privacy and header fields.</summary>
internal static class InviteComposer
{
    /// <summary>The INVITE; null when a number, name or domain cannot be written as a SIP address.</summary>
    /// <param name="target">Who is called, and over which trunk.</param>
    /// <param name="server">The server that is called.</param>
    /// <param name="nextHop">The server's address.</param>
    /// <param name="local">Our address as that server sees it.</param>
    /// <param name="offer">The media.</param>
    /// <param name="flow">The trunk's registration; null without one.</param>
    public static InviteRequest? Compose(InviteTarget target, TrunkServer server, SipHop nextHop, IPEndPoint local, SipBody offer, RegisteredFlow? flow)
    {
        var trunk = target.Trunk;
        if (RequestAddresses.Of(trunk, server, local, target.To, target.From, target.Reference) is not { } addresses) return null;
        return new InviteRequest
        {
            RequestUri = addresses.RequestUri,
            To = addresses.To,
            From = addresses.From,
            NextHop = nextHop,
            Local = local,
            Contact = flow?.Transport == nextHop.Transport ? flow.Contact : null,
            // RFC 3608 5: all that is in it, in its order; the server that is called is the outbound proxy before it.
            Route = flow?.ServiceRoutes ?? [],
            Headers = CallHeaders.OfFax(trunk, addresses.Headers),
            Credentials = RequestAddresses.CredentialsOf(trunk),
            Body = offer,
            RingTimeout = trunk.Signalling.RingTimeout,
            ResponseTimeout = trunk.Signalling.ServerTimeout,
            SessionExpires = trunk.Signalling.SessionExpires,
            ReliableProvisional = UseOf(trunk.Signalling.ReliableProvisional),
            MayFollow = trunk.Signalling.Redirects == RedirectPolicy.SameTrunk ? contact => IsOf(trunk, contact) : null,
        };
    }

    private static ReliableProvisionalUse UseOf(ReliableProvisional wish) => wish switch
    {
        ReliableProvisional.Offered => ReliableProvisionalUse.Offered,
        ReliableProvisional.Required => ReliableProvisionalUse.Required,
        _ => ReliableProvisionalUse.WhenDemanded,
    };

    private static bool IsOf(TrunkProfile trunk, SipUri contact) =>
        trunk.Servers.Select(server => server.Host).Append(trunk.AddressDomain()).Contains(contact.Host, StringComparer.OrdinalIgnoreCase);
}
