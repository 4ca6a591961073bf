using System.Net;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>What a trunk's profile makes of its REGISTER.</summary>
internal static class TrunkBinding
{
    /// <summary>The domain of the registrar.</summary>
    public static string RegistrarOf(TrunkProfile trunk) => trunk.Registration?.Registrar ?? trunk.AddressDomain();

    /// <summary>The user part of our contact, by which the trunk's calls are known.</summary>
    public static string ContactUserOf(TrunkProfile trunk) => trunk.Registration!.ContactUser ?? trunk.Credentials!.User;

    /// <summary>Whether both register alike, so that a binding of the one serves the other.</summary>
    public static bool IsSame(TrunkProfile one, TrunkProfile other) =>
        one.Registration == other.Registration && one.Credentials == other.Credentials && RegistrarOf(one) == RegistrarOf(other)
        && one.Servers.Select(Where).SequenceEqual(other.Servers.Select(Where));

    /// <summary>The servers' addresses in the order of their priority; empty when no name has one.</summary>
    public static async Task<IReadOnlyList<SipHop>> ResolveAsync(TrunkProfile trunk, SipPort port, CancellationToken cancel)
    {
        List<SipHop> hops = [];
        foreach (var server in ServerChoice.Ordered(trunk)) hops.AddRange(await port.Servers.ResolveAsync(trunk, server, cancel));
        return hops;
    }

    /// <summary>The binding to keep.</summary>
    public static RegistrationRequest Request(TrunkProfile trunk, IReadOnlyList<SipHop> hops, IPEndPoint local, bool usesLearnedAddress)
    {
        var (registration, account, domain) = (trunk.Registration!, trunk.Credentials!, RegistrarOf(trunk));
        return new RegistrationRequest
        {
            Registrar = new SipUri(domain),
            AddressOfRecord = new SipNameAddr(new SipUri(domain) { User = account.User }),
            Hops = hops,
            Local = local,
            ContactUser = ContactUserOf(trunk),
            UseLearnedAddress = usesLearnedAddress,
            Credentials = new SipCredentials(account.AuthenticationUser ?? account.User, account.Password, account.Realm),
            Expires = registration.Expiry,
            ResponseTimeout = trunk.Signalling.ServerTimeout,
            KeepAlive = registration.KeepAlive > TimeSpan.Zero ? registration.KeepAlive : null,
        };
    }

    private static (string, int?, TrunkTransport, TrunkDns, int) Where(TrunkServer server) => (server.Host, server.Port, server.Transport, server.Dns, server.Priority);
}
