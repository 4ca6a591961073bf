using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Network;

/// <summary>
/// Two sockets on loopback between us (side 0) and a peer (side 1): what comes in at one leaves by the other, unless the faults, drawn
/// from a seed, say otherwise. <see cref="LinkFaults.Delay"/> is not applied. Safe for concurrent use.
/// </summary>
internal sealed class UdpRelay : IAsyncDisposable
{
    private readonly Socket[] _sockets = [Open(), Open()];
    private readonly IPEndPoint?[] _ends = [null, null];
    private readonly LinkFaults _faults;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly int[] _burstLeft = new int[2];
    private readonly int[] _dropped = new int[2];
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _late = [];
    private Task _pumps = Task.CompletedTask;
    private volatile bool _isCut;

    public UdpRelay(LinkFaults faults, int seed, TimeProvider time) => (_faults, _random, _time) = (faults, new Random(seed), time);

    /// <summary>Where we send to and hear from.</summary>
    public IPEndPoint OurSide => (IPEndPoint)_sockets[0].LocalEndPoint!;

    /// <summary>Where the peer sends to and hears from.</summary>
    public IPEndPoint PeerSide => (IPEndPoint)_sockets[1].LocalEndPoint!;

    /// <summary>Datagrams of ours that were swallowed.</summary>
    public int Dropped => _dropped[0];

    /// <summary>Begins to pass datagrams.</summary>
    public void Start(IPEndPoint us, IPEndPoint peer)
    {
        (_ends[0], _ends[1]) = (us, peer);
        _pumps = Task.WhenAll(PumpAsync(0), PumpAsync(1));
    }

    /// <summary>From now on nothing gets through.</summary>
    public void Cut() => _isCut = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pumps;
        await Task.WhenAll(_late);
        foreach (var socket in _sockets) socket.Dispose();
        _stop.Dispose();
    }

    private static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task PumpAsync(int from)
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var received = await _sockets[from].ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Pass(from, buffer.AsSpan(0, received.ReceivedBytes));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The call is over.
        }
    }

    private void Pass(int from, ReadOnlySpan<byte> datagram)
    {
        if (_isCut) return;
        var suffers = _faults.OnlyFrom is null || _faults.OnlyFrom == from;
        TimeSpan? copyAfter = null, after = null;
        lock (_gate)
        {
            if (suffers && IsLost(from))
            {
                _dropped[from]++;
                return;
            }

            if (suffers && _random.NextDouble() < _faults.Duplicate) copyAfter = TimeSpan.FromMilliseconds(_random.Next(1, 60));
            if (suffers && _random.NextDouble() < _faults.Reorder) after = TimeSpan.FromMilliseconds(_random.Next(10, 90));
        }

        if (copyAfter is { } again) _late.Add(SendLaterAsync(from, datagram.ToArray(), again));
        if (after is { } wait) _late.Add(SendLaterAsync(from, datagram.ToArray(), wait));
        else Send(from, datagram);
    }

    private bool IsLost(int from)
    {
        if (_burstLeft[from] == 0 && _random.NextDouble() < _faults.Loss / _faults.Burst) _burstLeft[from] = _faults.Burst;
        if (_burstLeft[from] == 0) return false;
        _burstLeft[from]--;
        return true;
    }

    private async Task SendLaterAsync(int from, byte[] datagram, TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _time, _stop.Token);
            if (!_isCut) Send(from, datagram);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The call is over.
        }
    }

    private void Send(int from, ReadOnlySpan<byte> datagram) => _sockets[1 - from].SendTo(datagram, SocketFlags.None, _ends[1 - from]!);
}
