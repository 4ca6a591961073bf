using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Messages;

namespace Faxbot.Interop.Tests.Messages;

/// <summary>Text messages through Kamailio, at which both sides are registered.</summary>
public sealed class KamailioMessageTests : IAsyncLifetime
{
    private readonly MessageLine _line = new();
    private KamailioProxy _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await KamailioProxy.StartAsync(_line.Certificate);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _line.DisposeAsync();
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    [InlineData(TrunkTransport.Tls)]
    public async Task Messages_pass_in_both_directions(TrunkTransport transport)
    {
        await using var trunk = _line.Line.Connect(Trunk(transport), "kamailio", TrunkTraffic.Messages);
        await trunk.WhenRegistrationAsync(status => status.IsRegistered, TestContext.Current.CancellationToken);
        await using var baresip = await BaresipPeer.StartAsync(
            $"sip:{KamailioProxy.Account}@127.0.0.1:{Port(transport)};transport={Word(transport)}", _line.Certificate, $"127.0.0.1:{Port(transport)};transport={Word(transport)}");

        var outcome = await _line.SendAsync(trunk.Trunk, "+" + BaresipPeer.User, "through the proxy");
        Assert.True(outcome.State == MessageState.Sent, $"{outcome}\n{_proxy.Output}\n{baresip.Output}");
        await baresip.WaitForTextAsync("through the proxy");

        await baresip.SendAsync("and back");
        var received = await _line.NextAsync();
        Assert.Equal(("and back", BaresipPeer.User, KamailioProxy.Account), (received.Text, received.From, received.To));
    }

    [Fact]
    public async Task A_user_who_is_not_there_is_told()
    {
        var outcome = await _line.SendAsync(Trunk(TrunkTransport.Tcp), "+5550404", "hello");

        Assert.Equal((MessageState.Undelivered, 404, OutcomeClass.Dead), (outcome.State, outcome.SipStatus, outcome.Failure?.Class));
    }

    private static string Word(TrunkTransport transport) => transport switch { TrunkTransport.Tls => "tls", TrunkTransport.Tcp => "tcp", _ => "udp" };

    private int Port(TrunkTransport transport) => transport == TrunkTransport.Tls ? _proxy.TlsPort : _proxy.SipPort;

    private TrunkProfile Trunk(TrunkTransport transport) => MessageLine.Trunk(Port(transport), transport) with
    {
        Inbound = new TrunkInbound(),
        Domain = "127.0.0.1",
        Registration = new TrunkRegistration(),
        Credentials = new TrunkCredentials { User = KamailioProxy.Account, Password = KamailioProxy.Secret },
    };
}
