using System.Net.Sockets;
using Faxbot.Lines.Embedded.Signalling.Names;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Network;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Lines.Tests.Embedded.Signalling.Names;

/// <summary>RFC 3263 section 4 against a name server of the test.</summary>
public sealed class HopResolverTests : IAsyncDisposable
{
    private static readonly TrunkServer Server = new() { Host = "trunk.test" };
    private readonly DnsZone _zone = new();
    private readonly FakeTimeProvider _time = new();
    private readonly HopResolver _resolver;

    public HopResolverTests() => _resolver = new HopResolver(new NameLookup([_zone.EndPoint], _time), AddressFamily.InterNetwork, _ => 0);

    public ValueTask DisposeAsync() => _zone.DisposeAsync();

    [Theory]
    [InlineData("192.0.2.1", null, TrunkTransport.Udp, "udp:192.0.2.1:5060")]
    [InlineData("192.0.2.1", null, TrunkTransport.Tls, "tls:192.0.2.1:5061")]
    [InlineData("192.0.2.1", 5080, TrunkTransport.Tcp, "tcp:192.0.2.1:5080")]
    public async Task Takes_an_address_as_it_is(string host, int? port, TrunkTransport transport, string hop)
    {
        Assert.Equal([hop], await HopsAsync(new TrunkServer { Host = host, Port = port, Transport = transport, Dns = TrunkDns.Naptr }));
        Assert.Empty(_zone.Questions);
    }

    [Fact]
    public async Task Takes_no_address_of_a_kind_that_the_line_does_not_speak() => Assert.Empty(await HopsAsync(Server with { Host = "2001:db8::1" }));

    [Fact]
    public async Task Takes_all_addresses_of_a_name_with_a_port_and_asks_for_nothing_else()
    {
        _zone.Address("trunk.test", "192.0.2.1").Address("trunk.test", "192.0.2.2").Service("_sip._udp.trunk.test", 1, 1, 5099, "other.test");

        Assert.Equal(["udp:192.0.2.1:5070", "udp:192.0.2.2:5070"], await HopsAsync(Server with { Port = 5070, Dns = TrunkDns.Naptr }));
        Assert.Equal(["trunk.test"], _zone.Questions);
    }

    [Fact]
    public async Task Finds_names_that_only_this_machine_knows() => Assert.Equal(["udp:127.0.0.1:5060"], await HopsAsync(Server with { Host = "localhost" }));

    [Theory]
    [InlineData(TrunkTransport.Udp, "_sip._udp", "udp")]
    [InlineData(TrunkTransport.Tcp, "_sip._tcp", "tcp")]
    [InlineData(TrunkTransport.Tls, "_sips._tcp", "tls")]
    public async Task Follows_service_records_by_priority(TrunkTransport transport, string service, string written)
    {
        _zone.Service($"{service}.trunk.test", 20, 1, 5072, "b.test").Service($"{service}.trunk.test", 10, 1, 5071, "a.test")
            .Address("a.test", "192.0.2.1").Address("b.test", "192.0.2.2").Address("b.test", "192.0.2.3");

        Assert.Equal(
            [$"{written}:192.0.2.1:5071", $"{written}:192.0.2.2:5072", $"{written}:192.0.2.3:5072"],
            await HopsAsync(Server with { Transport = transport, Dns = TrunkDns.Srv }));
    }

    [Fact]
    public async Task Takes_the_name_for_a_host_where_there_are_no_service_records()
    {
        _zone.Address("trunk.test", "192.0.2.9");

        Assert.Equal(["tls:192.0.2.9:5061"], await HopsAsync(Server with { Transport = TrunkTransport.Tls, Dns = TrunkDns.Naptr }));
        Assert.Equal(["trunk.test", "_sips._tcp.trunk.test", "trunk.test"], _zone.Questions);
    }

    [Fact]
    public async Task Believes_a_service_record_that_says_that_there_is_no_service()
    {
        _zone.Service("_sip._udp.trunk.test", 0, 0, 0, ".").Address("trunk.test", "192.0.2.9");

        Assert.Empty(await HopsAsync(Server with { Dns = TrunkDns.Srv }));
    }

    [Theory]
    [InlineData(TrunkTransport.Udp, "tls:192.0.2.1:5061,udp:192.0.2.1:5060,tcp:192.0.2.1:5060")]
    [InlineData(TrunkTransport.Tcp, "tls:192.0.2.1:5061,tcp:192.0.2.1:5060")]
    [InlineData(TrunkTransport.Tls, "tls:192.0.2.1:5061")]
    public async Task Lets_pointers_choose_a_transport_that_protects_no_less(TrunkTransport transport, string hops)
    {
        _zone.Pointer("trunk.test", 50, 20, "SIP+D2U", "_sip._udp.else.test").Pointer("trunk.test", 50, 10, "SIPS+D2T", "_sips._tcp.else.test")
            .Pointer("trunk.test", 90, 10, "SIP+D2T", "_sip._tcp.else.test").Pointer("trunk.test", 10, 10, "E2U+sip", "_sip._udp.enum.test")
            .Pointer("trunk.test", 10, 10, "SIP+D2U", "_sip._udp.regexp.test", flags: "u")
            .Service("_sip._udp.else.test", 1, 1, 5060, "a.test").Service("_sips._tcp.else.test", 1, 1, 5061, "a.test")
            .Service("_sip._tcp.else.test", 1, 1, 5060, "a.test").Address("a.test", "192.0.2.1");

        Assert.Equal(hops.Split(','), await HopsAsync(Server with { Transport = transport, Dns = TrunkDns.Naptr }));
    }

    [Fact]
    public async Task Has_the_certificate_prove_the_name_that_was_given_and_lets_the_domain_do()
    {
        _zone.Service("_sips._tcp.trunk.test", 1, 1, 5061, "a.elsewhere.test").Address("a.elsewhere.test", "192.0.2.1");
        var server = Server with { Transport = TrunkTransport.Tls, Dns = TrunkDns.Srv };

        var hop = Assert.Single(await _resolver.ResolveAsync(new TrunkProfile { Servers = [server], Domain = "sip.test" }, server, Cancel));

        Assert.Equal(("trunk.test", "sip.test"), (hop.ServerName, hop.AlternativeName));
    }

    [Theory]
    [InlineData(TrunkTransport.Tcp, true)]
    [InlineData(TrunkTransport.Tls, false)]
    public async Task Lets_large_requests_go_over_TCP_where_the_profile_has_the_server_over_TCP_too(TrunkTransport other, bool isTaken)
    {
        _zone.Address("trunk.test", "192.0.2.1");
        var trunk = new TrunkProfile { Servers = [Server, Server with { Transport = other }], Signalling = new() { MaxRequest = 900 } };

        var hop = Assert.Single(await _resolver.ResolveAsync(trunk, Server, Cancel));

        Assert.Equal((isTaken, 900), (hop.TakesLargeOverTcp, hop.LargestRequest));
    }

    [Fact]
    public async Task Remembers_an_answer_for_as_long_as_it_says()
    {
        _zone.Address("trunk.test", "192.0.2.1", lifetime: 30);
        await HopsAsync(Server);
        _zone.Remove("trunk.test");
        _zone.Address("trunk.test", "192.0.2.2");

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["udp:192.0.2.1:5060"], await HopsAsync(Server));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["udp:192.0.2.2:5060"], await HopsAsync(Server));
    }

    [Fact]
    public async Task Remembers_that_there_is_nothing_for_as_long_as_the_zone_says()
    {
        _zone.NegativeLifetime = 20;
        var server = Server with { Dns = TrunkDns.Srv };
        _zone.Address("trunk.test", "192.0.2.1", lifetime: 600);
        await HopsAsync(server);
        _zone.Service("_sip._udp.trunk.test", 1, 1, 5090, "trunk.test");

        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(["udp:192.0.2.1:5060"], await HopsAsync(server));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["udp:192.0.2.1:5090"], await HopsAsync(server));
    }

    [Fact]
    public async Task Goes_on_with_what_it_knew_while_the_name_service_is_out()
    {
        _zone.Address("trunk.test", "192.0.2.1", lifetime: 30);
        await HopsAsync(Server);
        _zone.IsOut = true;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["udp:192.0.2.1:5060"], await HopsAsync(Server));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IEnumerable<string>> HopsAsync(TrunkServer server) =>
        (await _resolver.ResolveAsync(new TrunkProfile { Servers = [server] }, server, Cancel)).Select(hop => hop.ToString());
}
