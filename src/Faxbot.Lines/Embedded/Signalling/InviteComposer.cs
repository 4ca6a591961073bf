using System.Net;
using Faxbot.Lines.Embedded.Trunks;
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
    /// <param name="flow">The trunk's registration; null without one.</param>
    public static InviteRequest? Compose(OutboundFax fax, TrunkServer server, SipHop nextHop, IPEndPoint local, SipBody offer, RegisteredFlow? flow)
    {
        var trunk = fax.Trunk;
        var requestUri = Address(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, fax.To, trunk.Domain is null ? server.Port : null);
        var to = trunk.Numbers.To is { } toForm ? Address(trunk.AddressDomain(), toForm, fax.To) : requestUri;
        if (requestUri is null || to is null || From(fax, local) is not { } from || Headers(fax, local) is not { } headers) return null;
        return new InviteRequest
        {
            RequestUri = requestUri,
            To = trunk.Numbers.To is null ? null : new SipNameAddr(to),
            From = from,
            NextHop = nextHop,
            Local = local,
            Contact = flow?.Transport == nextHop.Transport ? flow.Contact : null,
            // RFC 3608 5: all that is in it, in its order; the server that is called is the outbound proxy before it.
            Route = flow?.ServiceRoutes ?? [],
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
            { User: { } user } => Address(domain, user),
            _ when caller.NumberFor(fax.From) is { } number => Address(domain, trunk.Numbers.From, number),
            _ => Address(domain, Anonymous),
        };
        return uri is null ? null : new SipNameAddr(uri) { DisplayName = caller.DisplayName };
    }

    private static List<SipHeader>? Headers(OutboundFax fax, IPEndPoint local)
    {
        var (trunk, caller) = (fax.Trunk, fax.Trunk.Caller);
        List<SipHeader> headers = [];
        if (caller.Headers.Count > 0 && caller.NumberFor(fax.From) is { } number)
        {
            var domain = caller.Domain ?? trunk.Domain ?? local.Address.ToString();
            if (Address(domain, trunk.Numbers.Identity ?? trunk.Numbers.From, number) is not { } uri) return null;
            headers.AddRange(caller.Headers.Select(field => Identity(field, new SipNameAddr(uri) { DisplayName = caller.DisplayName }, caller.Private)));
        }

        // RFC 3325 section 9.3: the trunk knows who calls, the called party does not.
        if (caller.Private) headers.Add(new SipHeader("Privacy", "id"));
        // RFC 6913 section 4: the call would rather reach a fax device.
        if (trunk.Signalling.PreferFax) headers.Add(new SipHeader("Accept-Contact", "*;+sip.fax=\"t38\""));
        headers.AddRange(trunk.Headers.Select(h => new SipHeader(h.Key, h.Value.Replace("{attempt}", fax.Reference, StringComparison.Ordinal))));
        return headers;
    }

    private static SipHeader Identity(CallerHeader field, SipNameAddr caller, bool isPrivate) => field switch
    {
        CallerHeader.PAssertedIdentity => new SipHeader(SipHeaderNames.PAssertedIdentity, caller.ToString()),
        CallerHeader.PPreferredIdentity => new SipHeader("P-Preferred-Identity", caller.ToString()),
        _ => new SipHeader(SipHeaderNames.RemotePartyId, $"{caller};party=calling;screen=yes;privacy={(isPrivate ? "full" : "off")}"),
    };

    private static SipUri? Address(string domain, NumberForm form, string number, int? port = null)
    {
        if (Address(domain, form.Write(number)) is not { } uri) return null;
        var parameters = form.Parameters.Aggregate(uri.Parameters, (all, parameter) => all.With(parameter.Key, parameter.Value.Length == 0 ? null : parameter.Value));
        return uri with { Port = port == SipUri.DefaultPort ? null : port, Parameters = parameters };
    }

    private static SipUri? Address(string domain, string user) =>
        user.Length > 0 && SipUri.TryParse($"sip:{(domain.Contains(':', StringComparison.Ordinal) ? $"[{domain}]" : domain)}", out var uri) && uri.Host == domain
            ? uri with { User = user } : null;
}
