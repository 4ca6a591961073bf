using System.Net;
using System.Net.Sockets;
using System.Text;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Tests.Embedded.Signalling;

/// <summary>Connections against sockets of the test.</summary>
public sealed class StreamTransportTests : IAsyncLifetime
{
    private readonly ReceivedSip _user = new();
    private readonly Socket _listener = Listen();
    private StreamTransport _transport = null!;

    public ValueTask InitializeAsync()
    {
        _transport = Open(new StreamOptions());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact]
    public async Task Sends_all_of_one_hop_over_one_connection()
    {
        using var server = Listen();
        Send(server, "OPTIONS sip:a SIP/2.0\r\n\r\n");
        Send(server, "OPTIONS sip:b SIP/2.0\r\n\r\n");
        using var peer = await server.AcceptAsync(Cancel);

        Assert.Equal("OPTIONS sip:a SIP/2.0\r\n\r\nOPTIONS sip:b SIP/2.0\r\n\r\n", await ReadAsync(peer, 50));
        Assert.Equal(1, _transport.ConnectionCount);
    }

    [Fact]
    public async Task Takes_a_message_that_comes_octet_by_octet_and_answers_over_the_same_connection()
    {
        using var peer = await ConnectAsync();
        foreach (var octet in Request()) await peer.SendAsync(new[] { octet }, Cancel);

        var (message, remote) = await _user.NextMessageAsync();
        Assert.Equal(Encoding.ASCII.GetString(Request()), message);
        Assert.Equal(peer.LocalEndPoint, remote.EndPoint);
        Assert.Null(_transport.Send("SIP/2.0 200 OK\r\n\r\n"u8.ToArray(), remote));
        Assert.Equal("SIP/2.0 200 OK\r\n\r\n", await ReadAsync(peer, 18));
    }

    [Fact]
    public void Sends_no_response_to_a_peer_whose_connection_is_gone()
    {
        using var server = Listen();

        Assert.NotNull(_transport.Send("SIP/2.0 200 OK\r\n\r\n"u8.ToArray(), HopOf(server)));
        Assert.Equal(0, _transport.ConnectionCount);
    }

    [Fact]
    public async Task Answers_a_keep_alive_of_two_line_ends_with_one()
    {
        using var peer = await ConnectAsync();
        await peer.SendAsync("\r\n\r\n\r\n\r\n"u8.ToArray(), Cancel);

        Assert.Equal("\r\n\r\n", await ReadAsync(peer, 4));
    }

    [Fact]
    public async Task Tells_of_the_answer_to_a_keep_alive_of_ours()
    {
        using var server = Listen();
        Send(server, "\r\n\r\n");
        using var peer = await server.AcceptAsync(Cancel);
        await peer.SendAsync("\r\n"u8.ToArray(), Cancel);

        Assert.Equal(HopOf(server), await _user.NextPongAsync());
    }

    [Fact]
    public async Task Closes_what_does_not_speak_SIP()
    {
        using var peer = await ConnectAsync();
        await peer.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n"), Cancel);

        Assert.Equal(0, await peer.ReceiveAsync(new byte[16], Cancel));
        Assert.Equal(TransportProblem.NotSip, (await _user.NextErrorAsync()).Problem);
    }

    [Fact]
    public async Task Closes_a_connection_that_never_says_what_it_came_for()
    {
        await _transport.DisposeAsync();
        var listener = Listen();
        _transport = Open(new StreamOptions { OpenTimeout = TimeSpan.FromMilliseconds(50) }, listener);
        using var peer = await ConnectAsync(listener);

        Assert.Equal(0, await peer.ReceiveAsync(new byte[16], Cancel));
    }

    [Fact]
    public async Task Tells_that_nobody_listens()
    {
        using var server = Listen();
        var hop = HopOf(server);
        server.Dispose();
        _transport.Send(Request(), hop);

        var (remote, problem) = await _user.NextErrorAsync();
        Assert.Equal(hop, remote);
        Assert.Equal("The network does not reach the server: Connection refused.", problem.Sentence);
    }

    [Fact]
    public async Task Tells_that_the_peer_closed()
    {
        using var server = Listen();
        Send(server, "OPTIONS sip:a SIP/2.0\r\n\r\n");
        using (var peer = await server.AcceptAsync(Cancel)) await ReadAsync(peer, 25);

        Assert.Equal((HopOf(server), TransportProblem.Closed), await _user.NextErrorAsync());
        Assert.Equal(0, _transport.ConnectionCount);
    }

    [Fact]
    public async Task Gives_a_peer_up_that_reads_nothing_while_others_go_on()
    {
        await _transport.DisposeAsync();
        var listener = Listen();
        _transport = Open(new StreamOptions { WriteTimeout = TimeSpan.FromMilliseconds(200), MaxQueued = 4 }, listener);
        using var deaf = Listen();
        using var hearing = Listen();
        var large = new byte[1 << 20];
        TransportProblem? problem = null;
        while (problem is null) problem = _transport.Send(large, HopOf(deaf));
        Send(hearing, "OPTIONS sip:a SIP/2.0\r\n\r\n");
        using var peer = await hearing.AcceptAsync(Cancel);

        Assert.Equal("OPTIONS sip:a SIP/2.0\r\n\r\n", await ReadAsync(peer, 25));
        Assert.Equal(TransportProblem.Stuck, problem);
        Assert.Equal((HopOf(deaf), TransportProblem.Stuck), await _user.NextErrorAsync());
    }

    [Fact]
    public async Task Takes_no_more_connections_than_it_may()
    {
        await _transport.DisposeAsync();
        var listener = Listen();
        _transport = Open(new StreamOptions { MaxPerAddress = 2, MaxConnections = 3 }, listener);
        using var first = await ConnectAsync(listener);
        using var second = await ConnectAsync(listener);
        using var third = await ConnectAsync(listener);
        Assert.Equal(0, await third.ReceiveAsync(new byte[1], Cancel));
        using var server = Listen();
        using var other = Listen();

        Assert.Null(_transport.Send(Request(), HopOf(server)));
        Assert.Equal(TransportProblem.Full, _transport.Send(Request(), HopOf(other)));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    public async Task Sends_over_the_connection_that_a_peer_asked_to_use_for_its_own_address(string named, bool isTaken)
    {
        using var listening = Listen();
        var hop = HopOf(listening);
        using var peer = await ConnectAsync();
        await peer.SendAsync(Request($"{named}:{hop.EndPoint.Port};alias"), Cancel);
        await _user.NextMessageAsync();

        _transport.Send("BYE sip:a SIP/2.0\r\n\r\n"u8.ToArray(), hop);

        using var reached = isTaken ? null : await listening.AcceptAsync(Cancel);
        Assert.Equal("BYE sip:a SIP/2.0\r\n\r\n", await ReadAsync(reached ?? peer, 21));
    }

    [Fact]
    public async Task Sends_what_is_queued_before_it_closes()
    {
        using var server = Listen();
        Send(server, "BYE sip:a SIP/2.0\r\n\r\n");
        await _transport.DisposeAsync();
        using var peer = await server.AcceptAsync(Cancel);

        Assert.Equal("BYE sip:a SIP/2.0\r\n\r\n", await ReadAsync(peer, 21));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StreamTransport Open(StreamOptions options, Socket? listener = null)
    {
        var transport = new StreamTransport(options, new TlsIdentity(null, [], []), TimeProvider.System, _user, null);
        transport.Listen(listener ?? _listener, SipTransport.Tcp);
        return transport;
    }

    private void Send(Socket server, string text) => Assert.Null(_transport.Send(Encoding.ASCII.GetBytes(text), HopOf(server)));

    private async Task<Socket> ConnectAsync(Socket? listener = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync((listener ?? _listener).LocalEndPoint!, Cancel);
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket, int count)
    {
        var buffer = new byte[count];
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(buffer, Cancel);
        return Encoding.ASCII.GetString(buffer);
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static SipHop HopOf(Socket listener) => new((IPEndPoint)listener.LocalEndPoint!, SipTransport.Tcp);

    private static byte[] Request(string via = "127.0.0.1:5060")
    {
        var request = new SipRequest(SipMethod.Options, new SipUri("127.0.0.1"))
        {
            From = new SipNameAddr(new SipUri("a")).WithTag("1"),
            To = new SipNameAddr(new SipUri("b")),
            CallId = "c",
            CSeq = new SipCSeq(1, SipMethod.Options),
        };
        Assert.True(SipVia.TryParse($"SIP/2.0/TCP {via};branch=z9hG4bKx", out var top));
        request.Headers.PrependVia(top);
        return request.ToArray();
    }
}
