using System.Net;
using System.Net.Sockets;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Network;

namespace Faxbot.Lines.Tests.Embedded.Messages;

/// <summary>Trunks of two servers, of which the first does not take the message: the second gets it only where the first surely has not.</summary>
public sealed class MessageFailoverTests : IAsyncDisposable
{
    private readonly CollectedTexts _kept = new();
    private readonly EmbeddedLine _good;
    private readonly EmbeddedLine _near = EmbeddedLine.Open(OnLoopback, TimeProvider.System);
    private readonly TrunkConnection _trunk;

    public MessageFailoverTests()
    {
        _good = EmbeddedLine.Open(OnLoopback, TimeProvider.System, null, _kept);
        _trunk = Connect(_good);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EmbeddedLineOptions OnLoopback => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _trunk.DisposeAsync();
        await _good.DisposeAsync();
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    public async Task The_next_server_gets_it_where_nobody_listens(TrunkTransport transport)
    {
        using var closed = PortReservation.Take();

        var outcome = await SendAsync(new TrunkServer { Host = "127.0.0.1", Port = closed.First, Transport = transport }, At(_good.LocalEndPoint));

        Assert.Equal(MessageState.Sent, outcome.State);
        Assert.Single(_kept.Texts);
    }

    [Fact]
    public async Task The_next_server_gets_it_after_503()
    {
        await using var full = EmbeddedLine.Open(OnLoopback, TimeProvider.System, null, new CollectedTexts { Keeps = false });
        await using var trunk = Connect(full);

        Assert.Equal(MessageState.Sent, (await SendAsync(At(full.LocalEndPoint), At(_good.LocalEndPoint))).State);
    }

    [Fact]
    public async Task Nobody_else_gets_it_where_it_may_have_arrived_though_the_connection_broke()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sending = SendAsync(At((IPEndPoint)listener.LocalEndpoint) with { Transport = TrunkTransport.Tcp }, At(_good.LocalEndPoint));
        using (var taken = await listener.AcceptSocketAsync(Cancel))
        {
            await taken.ReceiveAsync(new byte[4_096], Cancel);
        }

        var outcome = await sending;
        Assert.Equal((MessageState.Unknown, OutcomeClass.Unknown), (outcome.State, outcome.Failure?.Class));
        Assert.Empty(_kept.Texts);
    }

    [Fact]
    public async Task Nobody_else_gets_it_after_a_refusal()
    {
        await using var strange = EmbeddedLine.Open(OnLoopback, TimeProvider.System, null, new CollectedTexts());

        var outcome = await SendAsync(At(strange.LocalEndPoint), At(_good.LocalEndPoint));

        Assert.Equal((MessageState.Undelivered, 403), (outcome.State, outcome.SipStatus));
        Assert.Empty(_kept.Texts);
    }

    [Fact]
    public async Task A_line_that_is_closed_before_the_answer_does_not_know()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var line = EmbeddedLine.Open(OnLoopback, TimeProvider.System);
        var sending = line.SendMessageAsync(Message([At((IPEndPoint)silent.LocalEndPoint!)]), Cancel);
        await silent.ReceiveAsync(new byte[4_096], Cancel);
        await line.DisposeAsync();

        Assert.Equal(MessageState.Unknown, (await sending).State);
    }

    [Fact]
    public async Task Names_without_an_address_are_never_sent_to()
    {
        var outcome = await SendAsync(new TrunkServer { Host = "trunk.invalid" });

        Assert.Equal((MessageState.NeverSent, OutcomeClass.Congestion), (outcome.State, outcome.Failure?.Class));
    }

    private static TrunkConnection Connect(EmbeddedLine line) =>
        line.Connect(new TrunkProfile { Servers = [new TrunkServer { Host = "192.0.2.1" }], Inbound = new TrunkInbound { Networks = ["127.0.0.0/8"] } }, "p", TrunkTraffic.Messages);

    private static TrunkServer At(IPEndPoint place) => new() { Host = "127.0.0.1", Port = place.Port };

    private static OutboundMessage Message(TrunkServer[] servers) => new() { Trunk = new TrunkProfile { Servers = servers, Signalling = new TrunkSignalling { ServerTimeout = TimeSpan.FromSeconds(1) } }, To = "+15550123", From = "+15550100", Text = "hello" };

    private Task<MessageOutcome> SendAsync(params TrunkServer[] servers) => _near.SendMessageAsync(Message(servers), Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
}
