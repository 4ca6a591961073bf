using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>Gives media sockets their ports: of a range in turn, so that a port rests before it is used again, or whatever is free. Thread-safe.</summary>
internal sealed class MediaPorts(MediaPortRange? range)
{
    // A far end that does not pace itself sends a block of error correction (256 frames) at once, while this side may be held up. Linux
    // counts what its buffers take beside the octets, four times a small datagram; it grants what net.core.rmem_max allows.
    private const int ReceiveBuffer = 1 << 20;
    private const int MostOddTries = 16;
    private const int MostTries = 256;
    private int _next = -1;

    /// <summary>A socket on a free even port; null when the range has none.</summary>
    /// <param name="address">Where to bind it.</param>
    /// <param name="mustBeEven">Whether an odd port is worse than none, where the kernel hands out no even one.</param>
    public Socket? TryOpen(IPAddress address, bool mustBeEven = false) => range is null ? OpenAny(address, mustBeEven) : OpenOf(range, address);

    private Socket? OpenOf(MediaPortRange range, IPAddress address)
    {
        var first = range.First + range.First % 2;
        var count = (range.Last - first) / 2 + 1;
        for (var tries = 0; tries < count; tries++)
        {
            var socket = Create(address);
            try
            {
                socket.Bind(new IPEndPoint(address, first + 2 * (int)((uint)Interlocked.Increment(ref _next) % (uint)count)));
                return socket;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private static Socket? OpenAny(IPAddress address, bool mustBeEven)
    {
        // The kernel hands out either kind; the odd ones are kept until an even one comes so that none is offered twice.
        var odd = new List<Socket>();
        try
        {
            while (true)
            {
                var socket = Create(address);
                socket.Bind(new IPEndPoint(address, 0));
                if (((IPEndPoint)socket.LocalEndPoint!).Port % 2 == 0 || (!mustBeEven && odd.Count == MostOddTries)) return socket;
                odd.Add(socket);
                if (odd.Count > MostTries) return null;
            }
        }
        finally
        {
            odd.ForEach(socket => socket.Dispose());
        }
    }

    private static Socket Create(IPAddress address) => new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
}
