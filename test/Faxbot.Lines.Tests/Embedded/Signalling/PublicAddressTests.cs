using System.Net;
using System.Net.Sockets;
using Faxbot.Lines.Embedded;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Signalling.Stun;

namespace Faxbot.Lines.Tests.Embedded.Signalling;

public sealed class PublicAddressTests
{
    // RFC 5769 2.2: the sample IPv4 response; 2.3: the IPv6 one. Their MESSAGE-INTEGRITY and FINGERPRINT are left off.
    private const string Id = "b7e7a701bc34d686fa87dfae";
    private const string SampleIPv4 = "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643";
    private const string SampleIPv6 = "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9";

    [Theory]
    [InlineData(SampleIPv4, "192.0.2.1:32853")]
    [InlineData(SampleIPv6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void Reads_the_samples_of_RFC_5769(string sample, string expected) => Assert.Equal(IPEndPoint.Parse(expected), StunBinding.Read(Cut(sample), Convert.FromHexString(Id)));

    [Fact]
    public void Reads_the_plain_address_of_older_servers() =>
        Assert.Equal(IPEndPoint.Parse("192.0.2.1:5060"), StunBinding.Read(Cut($"0101000c2112a442{Id}00010008000113c4c0000201"), Convert.FromHexString(Id)));

    [Theory]
    [InlineData("b7e7a701bc34d686fa87dfaf")]
    public void Takes_no_answer_to_another_question(string id) => Assert.Null(StunBinding.Read(Cut(SampleIPv4), Convert.FromHexString(id)));

    [Fact]
    public void Survives_every_cut_and_every_wrong_octet()
    {
        var sample = Cut(SampleIPv6);
        for (var length = 0; length < sample.Length; length++) Assert.Null(StunBinding.Read(sample.AsSpan(0, length), Convert.FromHexString(Id)));
        for (var at = 0; at < sample.Length; at++)
        {
            for (var octet = 0; octet < 256; octet++)
            {
                var wrong = (byte[])sample.Clone();
                wrong[at] = (byte)octet;
                StunBinding.Read(wrong, Convert.FromHexString(Id));
            }
        }
    }

    [Fact]
    public void Takes_neither_SIP_nor_a_keep_alive_for_STUN()
    {
        Assert.False(StunBinding.IsStun("OPTIONS sip:a SIP/2.0\r\n\r\n"u8));
        Assert.False(StunBinding.IsStun("\r\n\r\n"u8));
        Assert.True(StunBinding.IsStun(StunBinding.Write(Convert.FromHexString(Id))));
    }

    [Fact]
    public void Shows_the_learnt_address_to_far_ends_beyond_the_own_networks_alone()
    {
        var routes = new LocalRoutes(IPAddress.Loopback, null);
        routes.Learn(IPAddress.Parse("203.0.113.7"));

        Assert.Equal("203.0.113.7", $"{routes.Towards(IPAddress.Parse("198.51.100.1"))}");
        Assert.All(["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1", "fe80::1"], near => Assert.Equal(IPAddress.Loopback, routes.Towards(IPAddress.Parse(near))));
    }

    [Fact]
    public void Goes_by_the_configured_address_whatever_was_learnt()
    {
        var routes = new LocalRoutes(IPAddress.Any, IPAddress.Parse("203.0.113.9"));
        routes.Learn(IPAddress.Parse("203.0.113.7"));

        Assert.Equal("203.0.113.9", $"{routes.Towards(IPAddress.Parse("198.51.100.1"))}");
    }

    [Fact]
    public async Task Asks_from_the_port_of_SIP_again_until_it_is_answered_and_calls_wait_for_it()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var port = SipPort.Open(
            new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), StunServer = $"localhost:{((IPEndPoint)server.LocalEndPoint!).Port}" },
            TimeProvider.System, (_, _) => { });
        var buffer = new byte[100];
        var first = await server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), TestContext.Current.CancellationToken);
        var asked = Convert.ToHexStringLower(buffer.AsSpan(0, first.ReceivedBytes));
        var second = await server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), TestContext.Current.CancellationToken);

        Assert.Equal(port.LocalEndPoint, first.RemoteEndPoint);
        Assert.Equal(asked, Convert.ToHexStringLower(buffer.AsSpan(0, second.ReceivedBytes)));
        Assert.False(port.Located.IsCompleted);
        await server.SendToAsync(Convert.FromHexString($"0101000c2112a442{asked[16..]}0020000800013204ea12d549"), SocketFlags.None, second.RemoteEndPoint, TestContext.Current.CancellationToken);
        await port.Located.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("203.0.113.11", $"{port.Routes.Towards(IPAddress.Parse("198.51.100.1"))}");
    }

    // The length is made to fit what was left off.
    private static byte[] Cut(string sample)
    {
        var message = Convert.FromHexString(sample);
        message[3] = (byte)(message.Length - 20);
        return message;
    }
}
