using System.Net;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Writes the INVITE of a fax as its trunk wants it: numbers, caller, privacy and header fields.</summary>
internal static class InviteComposer
{
    // RFC 3323 4.1.1.3: what an anonymous From says.
    private const string Anonymous = "anonymous";
    private const string AnonymousDomain = "anonymous.invalid";

    /// <summary>The INVITE; null when a number, name or domain cannot be written as a SIP address.</summary>
    /// <param name="fax">The fax and its trunk.</param>
    /// <param name="server">The server that is called.</param>
    /// <param name="nextHop">The server's address.</param>
    /// <param name="local">Our address as that server sees it.</param>
    /// <param name="offer">The media.</param>
    public static InviteRequest? Compose(OutboundFax fax, TrunkServer server, SipHop nextHop, IPEndPoint local, SipBody offer)
    {
        var trunk = fax.Trunk;
        var requestUri = TrunkAddress.Of(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, fax.To, trunk.Domain is null ? server.Port : null);
        var to = trunk.Numbers.To is { } toForm ? TrunkAddress.Of(trunk.AddressDomain(), toForm, fax.To) : requestUri;
        if (requestUri is null || to is null || From(fax, local) is not { } from || CallHeaders.Of(fax, local.Address.ToString()) is not { } headers) return null;
        return new InviteRequest
        {
            RequestUri = requestUri,
            To = trunk.Numbers.To is null ? null : new SipNameAddr(to),
            From = from,
            NextHop = nextHop,
            Local = local,
            Headers = headers,
            Credentials = trunk.Credentials is { } account ? new SipCredentials(account.AuthenticationUser ?? account.User, account.Password, account.Realm) : null,
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

    private static SipNameAddr? From(OutboundFax fax, IPEndPoint local)
    {
        var (trunk, caller) = (fax.Trunk, fax.Trunk.Caller);
        if (caller.Private) return new SipNameAddr(new SipUri(AnonymousDomain) { User = Anonymous }) { DisplayName = "Anonymous" };
        var domain = caller.Domain ?? trunk.Domain ?? local.Address.ToString();
        var uri = caller switch
        {
            { User: { } user } => TrunkAddress.Of(domain, user),
            _ when caller.NumberFor(fax.From) is { } number => TrunkAddress.Of(domain, trunk.Numbers.From, number),
            _ => TrunkAddress.Of(domain, Anonymous),
        };
        return uri is null ? null : new SipNameAddr(uri) { DisplayName = caller.DisplayName };
    }
}
