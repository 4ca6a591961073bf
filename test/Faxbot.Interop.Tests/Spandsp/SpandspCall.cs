using System.Collections.Concurrent;
using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Interop.Tests.Network;
using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Our side of a call with the spandsp peer: a T.38 terminal on a socket, without SIP, on request behind a faulty network.</summary>
internal sealed class SpandspCall(UdpRelay? relay = null) : IDisposable
{
    private readonly MediaSocket _socket = new(new MediaPorts(null).TryOpen(IPAddress.Loopback)!, symmetric: false);

    /// <summary>Where the peer finds us.</summary>
    public IPEndPoint EndPoint => relay?.PeerSide ?? _socket.LocalEndPoint;

    /// <summary>What happened.</summary>
    public ConcurrentQueue<FaxEvent> Events { get; } = [];

    /// <summary>Told of each event as it happens.</summary>
    public Action<FaxEvent>? OnEvent { get; init; }

    /// <summary>Runs <paramref name="machine"/> against the peer.</summary>
    public async Task<FaxResult> RunAsync(IT30Machine machine, IPEndPoint peer, T38TerminalOptions options, TimeProvider time)
    {
        relay?.Start(_socket.LocalEndPoint, peer);
        _socket.SendTo(relay?.OurSide ?? peer);
        using var pump = new T38Pump(new T38Terminal(machine, options), _socket, time, Note);
        return await pump.RunAsync();
    }

    public void Dispose() => _socket.Dispose();

    private void Note(FaxEvent happened)
    {
        Events.Enqueue(happened);
        OnEvent?.Invoke(happened);
    }
}
