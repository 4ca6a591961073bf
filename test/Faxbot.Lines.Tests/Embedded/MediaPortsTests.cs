using System.Net;
using System.Net.Sockets;
using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Lines.Tests.Embedded;

public sealed class MediaPortsTests
{
    // An address of this machine that no other test binds to.
    private static readonly IPAddress Own = IPAddress.Parse("127.77.0.1");

    [Fact]
    public void Sockets_lie_on_even_ports_of_the_range_until_it_is_used_up()
    {
        // Two even ports next to each other that nobody has: found by having them.
        var first = FreeEvenPair();
        var ports = new MediaPorts(new MediaPortRange(first - 1, first + 3));

        using var one = ports.TryOpen(Own)!;
        using var two = ports.TryOpen(Own)!;

        Assert.Equal([first, first + 2], new[] { PortOf(one), PortOf(two) }.Order());
        Assert.Null(ports.TryOpen(Own));
    }

    [Fact]
    public void Without_a_range_any_even_port_will_do()
    {
        using var socket = new MediaPorts(null).TryOpen(Own)!;

        Assert.Equal(0, PortOf(socket) % 2);
    }

    [Fact]
    public void No_odd_port_is_taken_where_it_must_be_even()
    {
        var ports = new MediaPorts(null);
        var sockets = Enumerable.Range(0, 50).Select(_ => ports.TryOpen(Own, mustBeEven: true)!).ToList();

        Assert.All(sockets, socket => Assert.Equal(0, PortOf(socket) % 2));
        sockets.ForEach(socket => socket.Dispose());
    }

    private static int FreeEvenPair()
    {
        while (true)
        {
            using var socket = new MediaPorts(null).TryOpen(Own)!;
            using var next = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                next.Bind(new IPEndPoint(Own, PortOf(socket) + 2));
                return PortOf(socket);
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another pair, then.
            }
        }
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
