using System.Net;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Who a request outside a dialog goes to and who it is from, as a trunk wants that written.</summary>
/// <param name="RequestUri">The request URI.</param>
/// <param name="To">To, where it differs from the request URI.</param>
/// <param name="From">From.</param>
/// <param name="Headers">The caller's number where the trunk wants it besides, privacy, and the trunk's own fields.</param>
internal sealed record RequestAddresses(SipUri RequestUri, SipNameAddr? To, SipNameAddr From, IReadOnlyList<SipHeader> Headers)
{
    // RFC 3323 4.1.1.3: what an anonymous From says.
    private const string Anonymous = "anonymous";
    private const string AnonymousDomain = "anonymous.invalid";

    /// <summary>The addresses; null when a number, name or domain cannot be written as a SIP address.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="server">The server that is asked.</param>
    /// <param name="local">Our address as that server sees it.</param>
    /// <param name="to">Who is to be reached.</param>
    /// <param name="from">The caller number; null leaves it to the trunk.</param>
    /// <param name="reference">The id of the attempt.</param>
    public static RequestAddresses? Of(TrunkProfile trunk, TrunkServer server, IPEndPoint local, string to, string? from, string reference)
    {
        var requestUri = Address(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, to, trunk.Domain is null ? server.Port : null);
        var toUri = trunk.Numbers.To is { } toForm ? Address(trunk.AddressDomain(), toForm, to) : requestUri;
        if (requestUri is null || toUri is null || FromOf(trunk, from, local) is not { } sender || HeadersOf(trunk, from, reference, local) is not { } headers) return null;
        return new RequestAddresses(requestUri, trunk.Numbers.To is null ? null : new SipNameAddr(toUri), sender, headers);
    }

    /// <summary>What answers challenges of the trunk.</summary>
    public static SipCredentials? CredentialsOf(TrunkProfile trunk) =>
        trunk.Credentials is { } account ? new SipCredentials(account.AuthenticationUser ?? account.User, account.Password, account.Realm) : null;

    private static SipNameAddr? FromOf(TrunkProfile trunk, string? from, IPEndPoint local)
    {
        var caller = trunk.Caller;
        if (caller.Private) return new SipNameAddr(new SipUri(AnonymousDomain) { User = Anonymous }) { DisplayName = "Anonymous" };
        var domain = caller.Domain ?? trunk.Domain ?? local.Address.ToString();
        var uri = caller switch
        {
            { User: { } user } => Address(domain, user),
            _ when caller.NumberFor(from) is { } number => Address(domain, trunk.Numbers.From, number),
            _ => Address(domain, Anonymous),
        };
        return uri is null ? null : new SipNameAddr(uri) { DisplayName = caller.DisplayName };
    }

    private static List<SipHeader>? HeadersOf(TrunkProfile trunk, string? from, string reference, IPEndPoint local)
    {
        var caller = trunk.Caller;
        List<SipHeader> headers = [];
        if (caller.Headers.Count > 0 && caller.NumberFor(from) is { } number)
        {
            var domain = caller.Domain ?? trunk.Domain ?? local.Address.ToString();
            if (Address(domain, trunk.Numbers.Identity ?? trunk.Numbers.From, number) is not { } uri) return null;
            headers.AddRange(caller.Headers.Select(field => Identity(field, new SipNameAddr(uri) { DisplayName = caller.DisplayName }, caller.Private)));
        }

        // RFC 3325 section 9.3: the trunk knows who calls, the called party does not.
        if (caller.Private) headers.Add(new SipHeader("Privacy", "id"));
        headers.AddRange(trunk.Headers.Select(h => new SipHeader(h.Key, h.Value.Replace("{attempt}", reference, StringComparison.Ordinal))));
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
