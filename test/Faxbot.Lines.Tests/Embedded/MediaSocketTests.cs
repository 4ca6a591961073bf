using System.Net;
using System.Net.Sockets;
using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Whose datagrams a media socket takes.</summary>
public sealed class MediaSocketTests : IDisposable
{
    private readonly Socket _far = Bound("127.0.0.2");
    private readonly Socket _stranger = Bound("127.0.0.3");
    private readonly List<MediaSocket> _opened = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _opened.ForEach(socket => socket.Dispose());
        _far.Dispose();
        _stranger.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Datagrams_from_other_networks_are_dropped(bool symmetric)
    {
        var media = Open(symmetric, "127.0.0.2/32");
        Send(_stranger, media, 1);
        Send(_far, media, 2);

        Assert.Equal(2, (await media.ReceiveAsync(Cancel)).Span[0]);
        Assert.Equal(1, media.Foreign);
    }

    [Fact]
    public async Task Symmetric_media_go_to_where_the_first_datagram_came_from_and_stay_there()
    {
        var media = Open(symmetric: true);
        Send(_far, media, 1);
        Assert.Equal(1, (await media.ReceiveAsync(Cancel)).Span[0]);
        media.Send([7]);
        Assert.Equal(7, await ReceiveAsync(_far));

        Send(_stranger, media, 2);
        Send(_far, media, 3);

        Assert.Equal(3, (await media.ReceiveAsync(Cancel)).Span[0]);
    }

    [Fact]
    public async Task Without_symmetry_another_address_than_that_of_SDP_is_a_stranger()
    {
        var media = Open(symmetric: false);
        media.SendTo((IPEndPoint)_far.LocalEndPoint!);
        Send(_stranger, media, 1);
        Send(_far, media, 2);

        Assert.Equal(2, (await media.ReceiveAsync(Cancel)).Span[0]);
    }

    private static Socket Bound(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }

    private static void Send(Socket from, MediaSocket to, byte value) => from.SendTo([value], to.LocalEndPoint);

    private static async Task<byte> ReceiveAsync(Socket socket)
    {
        var octet = new byte[1];
        await socket.ReceiveAsync(octet, Cancel);
        return octet[0];
    }

    // SDP names an address behind a NAT, where nobody is.
    private MediaSocket Open(bool symmetric, params string[] networks)
    {
        var media = new MediaSocket(Bound("127.0.0.1"), symmetric, networks);
        media.SendTo(new IPEndPoint(IPAddress.Parse(networks.Length > 0 && !symmetric ? "127.0.0.2" : "192.0.2.9"), 4000));
        _opened.Add(media);
        return media;
    }
}
