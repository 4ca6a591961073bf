using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Network;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Whole calls between two lines over each transport.</summary>
public sealed class TransportCallTests : IDisposable
{
    private static readonly TrunkT38 Quick = new() { Paced = false, Switch = T38Switch.Us, InboundSwitch = T38Switch.FarEnd };
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    [InlineData(TrunkTransport.Tls)]
    public async Task Delivers_a_page_over(TrunkTransport transport)
    {
        var (outcome, pages) = await CallAsync(transport, _authority.For("127.0.0.1"));

        Assert.True(outcome.Class == OutcomeClass.Success, outcome.ToString());
        Assert.Single(pages.Kept);
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    public async Task Delivers_a_page_over_IPv6(TrunkTransport transport)
    {
        var (outcome, pages) = await CallAsync(transport, null, address: IPAddress.IPv6Loopback);

        Assert.True(outcome.Class == OutcomeClass.Success, outcome.ToString());
        Assert.Single(pages.Kept);
    }

    [Theory]
    [InlineData("sip:fax.example.net")]
    [InlineData("fax.example.net")]
    [InlineData("*.example.net")]
    public async Task Takes_a_certificate_for_the_domain_of_the_trunk(string name)
    {
        var (outcome, _) = await CallAsync(TrunkTransport.Tls, _authority.For(name), domain: "fax.example.net");

        Assert.True(outcome.Class == OutcomeClass.Success, outcome.ToString());
    }

    [Fact]
    public async Task Refuses_a_certificate_for_somebody_else()
    {
        var (outcome, _) = await CallAsync(TrunkTransport.Tls, _authority.For("other.example.net"));

        Assert.Equal((OutcomeClass.Congestion, OutcomePhase.Dial, OutcomeParty.Trunk), (outcome.Class, outcome.Phase, outcome.Party));
        Assert.Equal("TLS does not come about: the server's certificate is for other.example.net, not for 127.0.0.1.", outcome.Sentence);
    }

    [Fact]
    public async Task Takes_no_host_name_where_a_SIP_URI_says_whom_the_certificate_is_for()
    {
        var (outcome, _) = await CallAsync(TrunkTransport.Tls, _authority.For("sip:other.example.net", "127.0.0.1"));

        Assert.Contains("for other.example.net, not for 127.0.0.1", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_certificate_that_has_run_out()
    {
        var (outcome, _) = await CallAsync(TrunkTransport.Tls, _authority.ExpiredFor("127.0.0.1"));

        Assert.Contains("has run out", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_certificate_that_nobody_vouches_for()
    {
        using var stranger = new Certificates();

        var (outcome, _) = await CallAsync(TrunkTransport.Tls, stranger.For("127.0.0.1"));

        Assert.Contains("nobody whom this machine believes vouches for", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_server_that_it_wants_in_the_handshake()
    {
        await using var zone = new DnsZone();
        zone.Address("trunk.test", "127.0.0.1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var line = EmbeddedLine.Open(
            new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), TlsRoots = [_authority.Root], NameServers = [zone.EndPoint] }, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var server = new TrunkServer { Host = "trunk.test", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Transport = TrunkTransport.Tls };

        var ping = line.PingAsync(new TrunkProfile { Servers = [server] }, stop.Token);
        using var client = await listener.AcceptTcpClientAsync(stop.Token);
        await using var tls = new SslStream(client.GetStream());
        string? named = null;
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateSelectionCallback = (_, name) =>
                {
                    named = name;
                    return _authority.For("trunk.test");
                },
            },
            stop.Token);

        Assert.Equal("trunk.test", named);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ping);
    }

    private async Task<(FaxOutcome Outcome, CollectedPages Pages)> CallAsync(
        TrunkTransport transport, X509Certificate2? certificate, string? domain = null, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        var options = new EmbeddedLineOptions { Bind = new IPEndPoint(address, 0) };
        var pages = new CollectedPages();
        await using var far = EmbeddedLine.Open(
            options with { TlsCertificate = certificate, InboundT38 = Quick }, TimeProvider.System, _ => new IncomingDecision.Accept(pages, _ => { }));
        await using var near = EmbeddedLine.Open(options with { TlsRoots = [_authority.Root] }, TimeProvider.System);
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 100, 1));
        var port = transport == TrunkTransport.Tls ? far.TlsEndPoint!.Port : far.LocalEndPoint.Port;
        var call = near.Originate(new OutboundFax
        {
            Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = address.ToString(), Port = port, Transport = transport }], Domain = domain, T38 = Quick },
            To = "+15550199",
            Document = document,
        });
        return (await call.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), pages);
    }
}
