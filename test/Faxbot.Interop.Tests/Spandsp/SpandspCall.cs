using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Our side of a call with the spandsp peer: a T.38 terminal on a socket, without SIP.</summary>
internal sealed class SpandspCall : IDisposable
{
    private readonly MediaSocket _socket = MediaSocket.Bind(IPAddress.Loopback, symmetric: false);

    /// <summary>Where the peer finds us.</summary>
    public IPEndPoint EndPoint => _socket.LocalEndPoint;

    /// <summary>What happened.</summary>
    public List<FaxEvent> Events { get; } = [];

    /// <summary>Runs <paramref name="machine"/> against the peer.</summary>
    public async Task<FaxResult> RunAsync(IT30Machine machine, IPEndPoint peer, T38TerminalOptions options, TimeProvider time)
    {
        _socket.SendTo(peer);
        using var pump = new T38Pump(new T38Terminal(machine, options), _socket, time, Events.Add);
        return await pump.RunAsync();
    }

    public void Dispose() => _socket.Dispose();
}
