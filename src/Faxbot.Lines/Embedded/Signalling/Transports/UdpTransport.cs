using System.Net;
using System.Net.Sockets;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>SIP in datagrams (RFC 3261 18).</summary>
internal sealed class UdpTransport(Socket socket) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;

    /// <summary>Where datagrams arrive.</summary>
    public IPEndPoint LocalEndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>Begins to listen.</summary>
    public void Start(ITransportUser user) => _receiving = ReceiveAsync(user);

    /// <summary>Sends; the problem when the network refuses at once, else null.</summary>
    public TransportProblem? Send(ReadOnlySpan<byte> message, IPEndPoint remote)
    {
        try
        {
            socket.SendTo(message, SocketFlags.None, remote);
            return null;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is not SocketError.OperationAborted)
        {
            return TransportProblem.Refused(refused.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync(ITransportUser user)
    {
        var buffer = new byte[ushort.MaxValue];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                user.HandleMessage(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException unreachable) when (unreachable.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // ICMP for an earlier request: SIP's own timers decide.
                continue;
            }
        }
    }
}
