using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Tests.Network;

public sealed class PortReservationTests
{
    [Fact]
    public void Never_gives_a_port_twice_while_it_is_held()
    {
        var held = Enumerable.Range(0, 40).Select(_ => PortReservation.Take(3)).ToArray();

        Assert.Equal(120, held.SelectMany(ports => Enumerable.Range(ports.First, 3)).Distinct().Count());
        Assert.All(held, ports => Assert.Equal(0, ports.First % 2));
        foreach (var ports in held) ports.Dispose();
    }

    [Fact]
    public void Passes_over_a_port_that_somebody_uses()
    {
        using var first = PortReservation.Take();
        using var somebody = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var taken = first.First;
        somebody.Bind(new IPEndPoint(IPAddress.Loopback, taken));
        first.Dispose();

        Assert.True(BoundPorts.IsUdpBound(taken));
        var held = Enumerable.Range(0, 200).Select(_ => PortReservation.Take()).ToArray();
        Assert.DoesNotContain(taken, held.Select(port => port.First));
        foreach (var port in held) port.Dispose();
    }

    [Fact]
    public async Task Keeps_its_ports_from_other_processes_until_disposed_of()
    {
        var ports = PortReservation.Take();

        Assert.False(await AnotherProcessCanLockAsync(ports.First));
        ports.Dispose();
        Assert.True(await AnotherProcessCanLockAsync(ports.First));
    }

    // struct flock of 64-bit Linux, in a program that is not ours.
    private static async Task<bool> AnotherProcessCanLockAsync(int port)
    {
        const string Program = "open(F, '+<', $ARGV[0]) or die; exit(fcntl(F, F_SETLK, pack('s s x4 q q i x4', F_WRLCK, 0, $ARGV[1], 1, 0)) ? 0 : 1)";
        var table = Path.Combine(CacheFolder.Of("ports"), "table");
        var result = await ProcessRunner.RunAsync("perl", ["-MFcntl", "-e", Program, table, port.ToString(CultureInfo.InvariantCulture)]);
        Assert.InRange(result.ExitCode, 0, 1);
        return result.ExitCode == 0;
    }
}
