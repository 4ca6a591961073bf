using System.Net;
using System.Net.Sockets;
using System.Text;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Clients that ask too much of the gateway, or take too long: they are turned away, and others are served meanwhile.</summary>
public sealed class AbusiveClientTests : IAsyncLifetime
{
    private const int SlowClients = 10_000;
    private const long TwoGigabytes = 2L << 30, MostTaken = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();
    private GatewayProcess? _gateway;

    private IPEndPoint Address => new(IPAddress.Loopback, _gateway!.Address.Port);

    public async ValueTask InitializeAsync() => _gateway = await GatewayProcess.StartAsync(_folder.FullPath);

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Content-Length: 2147483648\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n", true)]
    public async Task An_upload_of_two_gigabytes_is_refused_without_being_read(string length, bool isChunked)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /fax HTTP/1.1\r\nHost: faxbot\r\nX-API-Key: {_gateway!.FirstKey}\r\nContent-Type: multipart/form-data; boundary=b\r\n{length}\r\n"), TestContext.Current.CancellationToken);
        await PutAsync(stream, Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"), isChunked);
        var answer = new byte[4096];
        var reading = stream.ReadAsync(answer, TestContext.Current.CancellationToken).AsTask();
        long sent = 0;
        var octets = new byte[1 << 16];
        try
        {
            for (; sent < TwoGigabytes && !reading.IsCompleted; sent += octets.Length) await PutAsync(stream, octets, isChunked);
        }
        catch (IOException)
        {
            // The gateway has closed the connection: it said why before.
        }

        Assert.StartsWith("HTTP/1.1 413", Encoding.ASCII.GetString(answer, 0, await reading.WaitAsync(Patience, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.InRange(sent, 0, MostTaken);
    }

    [Fact]
    public async Task Ten_thousand_clients_that_dawdle_keep_nobody_else_waiting_and_are_cut_off()
    {
        using var over = new CancellationTokenSource(Patience);
        var dawdlers = Enumerable.Range(0, SlowClients).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            foreach (var dawdler in dawdlers) await dawdler.ConnectAsync(Address, over.Token);
            var cutOff = Task.WhenAll(dawdlers.Select(dawdler => DawdleAsync(dawdler, over.Token)));
            using var client = _gateway!.Client();
            // Within the test's patience: how fast is for the benches.
            for (var i = 0; i < 10; i++) await client.GetStringAsync("/fax", over.Token);

            await cutOff.WaitAsync(over.Token);
        }
        finally
        {
            foreach (var dawdler in dawdlers) dawdler.Dispose();
        }
    }

    // A request that never becomes whole, an octet a second, until the gateway has had enough.
    private static async Task DawdleAsync(Socket socket, CancellationToken cancel)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            var end = socket.ReceiveAsync(new byte[512], cancel).AsTask();
            await socket.SendAsync("GET /fax HTTP/1.1\r\nHost: faxbot\r\nX-Slow: "u8.ToArray(), cancel);
            while (!end.IsCompleted && await beat.WaitForNextTickAsync(cancel)) await socket.SendAsync("x"u8.ToArray(), cancel);
            await end;
        }
        catch (SocketException)
        {
            // Cut off.
        }
    }

    private static async Task PutAsync(NetworkStream stream, byte[] octets, bool isChunked)
    {
        if (isChunked) await stream.WriteAsync(Encoding.ASCII.GetBytes($"{octets.Length:x}\r\n"));
        await stream.WriteAsync(octets);
        if (isChunked) await stream.WriteAsync("\r\n"u8.ToArray());
    }
}
