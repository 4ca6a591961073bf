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
        var requestUri = TrunkAddress.Of(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, to, trunk.Domain is null ? server.Port : null);
        var toUri = trunk.Numbers.To is { } toForm ? TrunkAddress.Of(trunk.AddressDomain(), toForm, to) : requestUri;
        if (requestUri is null || toUri is null || FromOf(trunk, from, local) is not { } sender || CallHeaders.Of(trunk, from, reference, local.Address.ToString()) is not { } headers) return null;
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
            { User: { } user } => TrunkAddress.Of(domain, user),
            _ when caller.NumberFor(from) is { } number => TrunkAddress.Of(domain, trunk.Numbers.From, number),
            _ => TrunkAddress.Of(domain, Anonymous),
        };
        return uri is null ? null : new SipNameAddr(uri) { DisplayName = caller.DisplayName };
    }
}
