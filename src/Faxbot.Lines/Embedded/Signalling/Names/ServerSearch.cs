using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Names;

/// <summary>One search for the places of one server, by NAPTR, SRV and address records (RFC 3263 4).</summary>
internal sealed class ServerSearch(
    NameLookup names, AddressFamily family, Func<int, int> draw, TrunkProfile trunk, TrunkServer server, CancellationToken cancel)
{
    private const int TlsPort = 5061;

    private readonly SipTransport _transport = server.Transport switch
    {
        TrunkTransport.Tls => SipTransport.Tls,
        TrunkTransport.Tcp => SipTransport.Tcp,
        _ => SipTransport.Udp,
    };

    private bool _takesTcp = trunk.Servers.Any(other =>
        other.Transport == TrunkTransport.Tcp && other.Port == server.Port && other.Host.Equals(server.Host, StringComparison.OrdinalIgnoreCase));

    public async Task<IReadOnlyList<SipHop>> RunAsync()
    {
        if (IPAddress.TryParse(server.Host, out var literal)) return literal.AddressFamily == family ? [Hop(literal, server.Port, _transport)] : [];
        if (server.Port is not null || server.Dns == TrunkDns.A) return await ByAddressAsync(server.Host, server.Port, _transport);
        var found = server.Dns == TrunkDns.Naptr ? await ByPointersAsync() : [];
        if (found.Count > 0) return found;
        // RFC 3263 4.2: without SRV records the name is the host's.
        return await ByServiceAsync(ServiceOf(_transport) + server.Host, _transport) ?? await ByAddressAsync(server.Host, null, _transport);
    }

    private async Task<IReadOnlyList<SipHop>> ByAddressAsync(string host, int? port, SipTransport transport) =>
        [.. (await names.FindAddressesAsync(host, family, cancel)).Select(address => Hop(address, port, transport))];

    // Null when there are no SRV records.
    private async Task<IReadOnlyList<SipHop>?> ByServiceAsync(string service, SipTransport transport)
    {
        var records = await names.FindAsync<SrvRecord>(service, QueryType.SRV, cancel);
        if (records.Count == 0) return null;
        List<SipHop> hops = [];
        foreach (var record in ServiceOrder.Of(records, draw))
        {
            // RFC 2782: the root as the target says that the service is decidedly not there.
            if (record.Target.Value != ".") hops.AddRange(await ByAddressAsync(record.Target.Value.TrimEnd('.'), record.Port, transport));
        }

        return hops;
    }

    // In the order of the NAPTR records, over the transports that protect no less than the one of the profile (RFC 3263 4.1).
    private async Task<IReadOnlyList<SipHop>> ByPointersAsync()
    {
        var pointers = (await names.FindAsync<NAPtrRecord>(server.Host, QueryType.NAPTR, cancel))
            .Where(pointer => pointer.Flags.Equals("s", StringComparison.OrdinalIgnoreCase))
            .OrderBy(pointer => pointer.Order).ThenBy(pointer => pointer.Preference)
            .Select(pointer => (Service: pointer.Replacement.Value.TrimEnd('.'), Transport: TransportOf(pointer))).ToList();
        _takesTcp |= pointers.Any(pointer => pointer.Transport == SipTransport.Tcp);
        List<SipHop> hops = [];
        foreach (var (service, transport) in pointers)
        {
            if (transport is { } usable && usable >= _transport) hops.AddRange(await ByServiceAsync(service, usable) ?? []);
        }

        return hops;
    }

    private SipHop Hop(IPAddress address, int? port, SipTransport transport) =>
        new(new IPEndPoint(address, port ?? (transport == SipTransport.Tls ? TlsPort : SipUri.DefaultPort)), transport)
        {
            // RFC 5922 7.3: the certificate is for the name that was given, wherever DNS led from there.
            ServerName = server.Host,
            AlternativeName = trunk.Domain,
            TakesLargeOverTcp = transport == SipTransport.Udp && _takesTcp,
            LargestRequest = trunk.Signalling.MaxRequest,
        };

    private static string ServiceOf(SipTransport transport) => transport switch
    {
        SipTransport.Tls => "_sips._tcp.",
        SipTransport.Tcp => "_sip._tcp.",
        _ => "_sip._udp.",
    };

    private static SipTransport? TransportOf(NAPtrRecord pointer) => pointer.Services.ToUpperInvariant() switch
    {
        "SIPS+D2T" => SipTransport.Tls,
        "SIP+D2T" => SipTransport.Tcp,
        "SIP+D2U" => SipTransport.Udp,
        _ => null,
    };
}
