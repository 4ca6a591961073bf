using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Whole faxes with Asterisk over TCP and TLS, in both directions.</summary>
public sealed class AsteriskTransportTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();
    private readonly Certificates _authority = new();
    private AsteriskLab _lab = null!;

    public async ValueTask InitializeAsync()
    {
        Certificates.WritePem(_folder.Of("asterisk.pem"), _authority.For("localhost"));
        _lab = await AsteriskLab.StartAsync(new AsteriskLabOptions { TlsCertificate = _folder.Of("asterisk.pem"), Trace = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Receives_every_pixel() => Task.WhenAll(
        ReceivesAsync(TrunkTransport.Tcp, T38Switch.FarEnd, "99910301"), ReceivesAsync(TrunkTransport.Tcp, T38Switch.Us, "99910302"),
        ReceivesAsync(TrunkTransport.Tls, T38Switch.FarEnd, "99910303"), ReceivesAsync(TrunkTransport.Tls, T38Switch.Us, "99910304"));

    [Fact]
    public Task Sends_every_pixel() => Task.WhenAll(SendsAsync("tcp"), SendsAsync("tls"));

    [Fact]
    public async Task Is_not_called_when_its_certificate_is_for_another_name()
    {
        await using var line = Open(_ => new IncomingDecision.Reject(403));
        using var document = SampleTiff.Open(AsteriskLab.Sample("one-standard-g4.tif"));

        var sent = await FinishedCall.OfAsync(
            line.Originate(new OutboundFax { Trunk = Trunk(TrunkTransport.Tls, "127.0.0.1", T38Switch.Us), To = "99910305", Document = document }), Limit);

        Assert.Equal("TLS does not come about: the server's certificate is for localhost, not for 127.0.0.1.", sent.Outcome.Sentence);
        Assert.DoesNotContain("99910305", await _lab.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_ping_over_every_transport()
    {
        await using var line = Open(_ => new IncomingDecision.Reject(403));
        var trunk = Trunk(TrunkTransport.Tls, "localhost", T38Switch.Us);

        var ping = await line.PingAsync(
            trunk with { Servers = [.. trunk.Servers, .. Trunk(TrunkTransport.Tcp, "localhost", T38Switch.Us).Servers, .. Trunk(TrunkTransport.Udp, "localhost", T38Switch.Us).Servers] },
            TestContext.Current.CancellationToken);

        Assert.All(ping.Servers, server => Assert.True(server.Status is not null, $"{server}"));
        Assert.Equal([$"tls:127.0.0.1:{_lab.TlsPort}", $"tcp:127.0.0.1:{_lab.SipPort}", $"udp:127.0.0.1:{_lab.SipPort}"], ping.Servers.Select(server => $"{server.Place}"));
    }

    private async Task ReceivesAsync(TrunkTransport transport, T38Switch by, string number)
    {
        var file = AsteriskLab.Sample("one-standard-g4.tif");
        using var document = SampleTiff.Open(file);
        await using var ami = await _lab.ConnectAmiAsync();
        await using var line = Open(_ => new IncomingDecision.Reject(403));

        var sent = await FinishedCall.OfAsync(
            line.Originate(new OutboundFax { Trunk = Trunk(transport, "localhost", by), To = number, From = "5550100", Document = document }), Limit);

        Assert.True(sent.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 1 }, $"{sent}\n{await _lab.ReadLogAsync()}");
        Assert.Equal(by == T38Switch.Us, sent.Switch!.ByUs);
        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["Number"] == number, TimeSpan.FromSeconds(30));
        Assert.Null(await TiffDiff.FindDifferenceAsync(file, received["File"]));
    }

    private async Task SendsAsync(string transport)
    {
        var file = AsteriskLab.Sample("one-standard-g4.tif");
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = Open(_ => new IncomingDecision.Accept(new ReceivedTiff(_folder.Of($"{transport}.tif")), arrived.SetResult));
        var place = transport == "tls" ? line.TlsEndPoint : line.LocalEndPoint;

        var sending = _lab.SendAsync($"sip:5550199@{place};transport={transport}", file, Limit);
        if (await Task.WhenAny(sending, arrived.Task) == sending) Assert.Fail($"{await sending}\n{await _lab.ReadLogAsync()}");
        var received = await FinishedCall.OfAsync(await arrived.Task, Limit);
        var sent = await sending;

        Assert.True(received.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 1 }, $"{received}\n{sent}");
        Assert.Equal("SUCCESS", sent["Status"]);
        Assert.Null(await TiffDiff.FindDifferenceAsync(file, _folder.Of($"{transport}.tif")));
    }

    private EmbeddedLine Open(Func<IncomingFax, IncomingDecision> onIncoming) => EmbeddedLine.Open(
        FinishedCall.OnLoopback with
        {
            TlsCertificate = _authority.For("127.0.0.1"),
            TlsRoots = [_authority.Root],
            InboundT38 = new TrunkT38 { InboundSwitch = T38Switch.Us },
        },
        TimeProvider.System, onIncoming);

    private TrunkProfile Trunk(TrunkTransport transport, string host, T38Switch by) => new()
    {
        Servers = [new TrunkServer { Host = host, Port = transport == TrunkTransport.Tls ? _lab.TlsPort : _lab.SipPort, Transport = transport }],
        T38 = new TrunkT38 { Switch = by },
    };
}
