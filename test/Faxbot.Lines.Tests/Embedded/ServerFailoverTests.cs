using System.Net;
using System.Net.Sockets;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Network;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Trunks of several servers, of which some do not take the call.</summary>
public sealed class ServerFailoverTests : IAsyncLifetime
{
    private static readonly TrunkT38 Quick = new() { Paced = false, Switch = T38Switch.Us, InboundSwitch = T38Switch.FarEnd };
    private readonly CollectedPages _pages = new();
    private readonly DnsZone _zone = new();
    private EmbeddedLine _good = null!;
    private EmbeddedLine _near = null!;
    private int _calls;

    public ValueTask InitializeAsync()
    {
        _good = EmbeddedLine.Open(OnLoopback with { InboundT38 = Quick }, TimeProvider.System, _ =>
        {
            _calls++;
            return new IncomingDecision.Accept(_pages, _ => { });
        });
        _near = EmbeddedLine.Open(OnLoopback with { NameServers = [_zone.EndPoint] }, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _good.DisposeAsync();
        await _zone.DisposeAsync();
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    public async Task Goes_on_to_the_next_server_where_nobody_listens(TrunkTransport transport)
    {
        using var closed = PortReservation.Take();

        await SucceedsAsync(new TrunkServer { Host = "127.0.0.1", Port = closed.First, Transport = transport }, Good);
    }

    [Fact]
    public async Task Goes_on_to_the_next_server_after_one_that_says_nothing()
    {
        using var silent = SilentSocket();

        await SucceedsAsync(At(silent), Good);
        Assert.True(silent.Available > 0);
    }

    [Fact]
    public async Task Goes_on_to_the_next_server_after_503_and_tries_it_first_from_then_on()
    {
        var refused = 0;
        await using var full = EmbeddedLine.Open(OnLoopback, TimeProvider.System, _ =>
        {
            refused++;
            return new IncomingDecision.Reject(503);
        });

        await SucceedsAsync(At(full), Good);
        await SucceedsAsync(At(full), Good);
        Assert.Equal((1, 2), (refused, _calls));
    }

    [Fact]
    public async Task Goes_on_to_the_next_server_after_one_that_does_not_prove_who_it_is()
    {
        using var authority = new Certificates();
        await using var stranger = EmbeddedLine.Open(OnLoopback with { TlsCertificate = authority.For("127.0.0.1") }, TimeProvider.System, _ => new IncomingDecision.Reject(486));

        await SucceedsAsync(new TrunkServer { Host = "127.0.0.1", Port = stranger.TlsEndPoint!.Port, Transport = TrunkTransport.Tls }, Good);
    }

    [Fact]
    public async Task Goes_on_to_the_next_address_of_one_name()
    {
        _zone.Service("_sip._udp.trunk.test", 1, 1, 9, "dead.test").Service("_sip._udp.trunk.test", 2, 1, _good.LocalEndPoint.Port, "good.test")
            .Address("dead.test", "127.0.0.1").Address("good.test", "127.0.0.1");

        await SucceedsAsync(new TrunkServer { Host = "trunk.test", Dns = TrunkDns.Srv });
    }

    [Fact]
    public async Task Tries_servers_by_priority_and_only_those_for_the_number()
    {
        using var silent = SilentSocket();

        await SucceedsAsync(At(silent) with { Priority = 1 }, At(silent) with { Destinations = ["+49"] }, Good with { Destinations = ["+1555"] });
        Assert.Equal(0, silent.Available);
    }

    [Theory]
    [InlineData(486, OutcomeClass.Busy)]
    [InlineData(404, OutcomeClass.Dead)]
    [InlineData(500, OutcomeClass.Congestion)]
    public async Task Stays_with_an_answer_that_is_about_the_call(int status, OutcomeClass expected)
    {
        await using var first = EmbeddedLine.Open(OnLoopback, TimeProvider.System, _ => new IncomingDecision.Reject(status));

        var outcome = await CallAsync(At(first), Good);

        Assert.Equal((expected, (int?)status, 0), (outcome.Class, outcome.SipStatus, _calls));
    }

    [Fact]
    public async Task Calls_nobody_else_once_it_has_rung()
    {
        await using var rings = EmbeddedLine.Open(OnLoopback, TimeProvider.System, _ => new IncomingDecision.Ring());

        var outcome = await CallAsync(At(rings), Good);

        Assert.Equal((OutcomeClass.NoAnswer, 0), (outcome.Class, _calls));
    }

    [Fact]
    public async Task Names_all_servers_where_none_takes_the_call()
    {
        using var silent = SilentSocket();
        using var closed = PortReservation.Take();

        var outcome = await CallAsync(At(silent), new TrunkServer { Host = "127.0.0.1", Port = closed.First, Transport = TrunkTransport.Tcp });

        Assert.Equal((OutcomeClass.Congestion, OutcomePhase.Dial), (outcome.Class, outcome.Phase));
        Assert.Equal(
            $"None of 2 servers of the trunk took the call. udp:{silent.LocalEndPoint}: The trunk did not respond to the call. "
            + $"tcp:127.0.0.1:{closed.First}: The network does not reach the server: Connection refused.", outcome.Sentence);
    }

    [Fact]
    public async Task Pings_every_place_of_every_server()
    {
        using var authority = new Certificates();
        await using var stranger = EmbeddedLine.Open(OnLoopback with { TlsCertificate = authority.For("other.test") }, TimeProvider.System);
        _zone.Address("good.test", "127.0.0.1");
        TrunkServer[] servers =
        [
            new() { Host = "good.test", Port = _good.LocalEndPoint.Port },
            new() { Host = "good.test", Port = _good.LocalEndPoint.Port, Transport = TrunkTransport.Tcp },
            new() { Host = "127.0.0.1", Port = stranger.TlsEndPoint!.Port, Transport = TrunkTransport.Tls },
            new() { Host = "nowhere.test" },
        ];

        var ping = await _near.PingAsync(new TrunkProfile { Servers = servers }, TestContext.Current.CancellationToken);

        Assert.Equal((true, (int?)200, null), (ping.IsAlive, ping.Status, ping.Problem));
        Assert.Equal(
            [$"udp:{_good.LocalEndPoint} 200", $"tcp:{_good.LocalEndPoint} 200", $"tls:{stranger.TlsEndPoint} ", " "],
            ping.Servers.Select(server => $"{server.Place} {server.Status}"));
        Assert.Contains("nobody whom this machine believes vouches for", ping.Servers[2].Problem!, StringComparison.Ordinal);
        Assert.Equal("The name nowhere.test has no address: check it and this machine's name service.", ping.Servers[3].Problem);
    }

    private TrunkServer Good => At(_good);

    private async Task SucceedsAsync(params TrunkServer[] servers)
    {
        var outcome = await CallAsync(servers);
        Assert.True(outcome.Class == OutcomeClass.Success, outcome.ToString());
    }

    private async Task<FaxOutcome> CallAsync(params TrunkServer[] servers)
    {
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 60, 1));
        var call = _near.Originate(new OutboundFax
        {
            Trunk = new TrunkProfile
            {
                Servers = servers,
                T38 = Quick,
                Signalling = new() { ServerTimeout = TimeSpan.FromMilliseconds(300), RingTimeout = TimeSpan.FromSeconds(1) },
            },
            To = "+15550199",
            Document = document,
        });
        return await call.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static TrunkServer At(EmbeddedLine line) => new() { Host = "127.0.0.1", Port = line.LocalEndPoint.Port };

    private static TrunkServer At(Socket socket) => new() { Host = "127.0.0.1", Port = ((IPEndPoint)socket.LocalEndPoint!).Port };

    private static Socket SilentSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static EmbeddedLineOptions OnLoopback => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };
}
