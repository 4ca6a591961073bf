using System.Globalization;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>Addresses of a trunk as PJSIP takes them.</summary>
internal static class PjsipAddress
{
    private const int SipPort = 5060;
    private const int SipsPort = 5061;

    /// <summary>Where the calls of a trunk go to over one of its servers: the trunk's domain where it has one, else the server.</summary>
    public static string Of(TrunkProfile trunk, TrunkServer server) => trunk.Domain is { } domain && domain != server.Host ? $"sip:{Bracketed(domain)}" : Of(server);

    /// <summary>A server.</summary>
    public static string Of(TrunkServer server) => $"sip:{Bracketed(server.Host)}{Port(server)}{Transport(server)}";

    /// <summary>The server that packets to other domains go over; null where there is no other domain.</summary>
    public static string? ProxyFor(string domain, TrunkProfile trunk) => Best(trunk) is var server && domain == server.Host ? null : $"{Of(server)};lr";

    /// <summary>The servers in the order in which they are tried.</summary>
    public static IReadOnlyList<TrunkServer> Servers(TrunkProfile trunk) => [.. trunk.Servers.OrderBy(server => server.Priority)];

    /// <summary>The server that is tried first.</summary>
    public static TrunkServer Best(TrunkProfile trunk) => Servers(trunk)[0];

    /// <summary>A host in an address.</summary>
    public static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    // PJSIP looks for NAPTR and SRV records wherever there is no port.
    private static string Port(TrunkServer server) => (server.Port, server.Dns) switch
    {
        ({ } port, _) => Text(port),
        (null, TrunkDns.A) => Text(server.Transport == TrunkTransport.Tls ? SipsPort : SipPort),
        _ => "",
    };

    private static string Text(int port) => string.Create(CultureInfo.InvariantCulture, $":{port}");

    private static string Transport(TrunkServer server) => server.Transport switch
    {
        TrunkTransport.Tcp => ";transport=tcp",
        TrunkTransport.Tls => ";transport=tls",
        _ => "",
    };
}
