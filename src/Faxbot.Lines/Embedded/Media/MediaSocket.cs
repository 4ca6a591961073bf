using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>
/// The UDP socket of one media stream. It sends to where SDP said, and takes datagrams from there; behind NAT it learns the true
/// port (or, when allowed, the true address) from the first one that comes, once.
/// </summary>
internal sealed class MediaSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly bool _symmetric;
    private readonly IPNetwork[] _networks;
    private readonly DatagramTap? _tap;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(2048);
    private IPEndPoint? _remote;
    private bool _learned;

    /// <summary>Takes the socket over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="symmetric">Whether the far end's true address is learned from its first datagram, and not its port alone.</param>
    /// <param name="networks">Where datagrams may come from; empty takes them from anywhere.</param>
    /// <param name="tap">Shown what is sent.</param>
    public MediaSocket(Socket socket, bool symmetric, IReadOnlyList<string>? networks = null, DatagramTap? tap = null)
    {
        _socket = socket;
        _symmetric = symmetric;
        _networks = [.. (networks ?? []).Select(network => IPNetwork.Parse(network))];
        _tap = tap;
    }

    /// <summary>Where datagrams arrive.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Datagrams of strangers that were dropped.</summary>
    public int Foreign { get; private set; }

    /// <summary>Where datagrams go from now on.</summary>
    public void SendTo(IPEndPoint remote)
    {
        _remote = remote;
        _learned = false;
    }

    /// <summary>Sends one datagram; a network that refuses it has lost it, as UDP may.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        if (_remote is null) return;
        _tap?.Invoke(LocalEndPoint, _remote, datagram);
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, _remote);
        }
        catch (SocketException lost) when (lost.SocketErrorCode is not SocketError.Shutdown and not SocketError.OperationAborted)
        {
            SendFailures++;
        }
    }

    /// <summary>Datagrams that the network refused to take.</summary>
    public int SendFailures { get; private set; }

    /// <summary>The next datagram of the far end, valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancel)
    {
        var any = new IPEndPoint(LocalEndPoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(_buffer, SocketFlags.None, any, cancel);
                if (IsFarEnd((IPEndPoint)received.RemoteEndPoint)) return _buffer.AsMemory(0, received.ReceivedBytes);
                Foreign++;
            }
            catch (SocketException unreachable) when (unreachable.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // ICMP said that an earlier datagram of ours found nobody; the call itself decides whether that matters.
                SendFailures++;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool IsFarEnd(IPEndPoint source)
    {
        if (_networks.Length > 0 && !_networks.Any(network => network.Contains(source.Address))) return false;
        if (source.Equals(_remote)) return true;
        if (_learned || !(_symmetric || source.Address.Equals(_remote?.Address))) return false;
        _remote = source;
        _learned = true;
        return true;
    }
}
