using System.Globalization;
using System.Net;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Spandsp;

/// <summary>
/// A fax terminal on libspandsp at a UDP port of 127.0.0.1, T.38 over UDPTL or (<c>--audio</c>) G.711 over RTP, without SIP.
/// Disposing of it ends it by its own process id.
/// </summary>
public sealed class SpandspPeer : IAsyncDisposable
{
    private readonly RunningProcess _process;
    private readonly PortReservation _port;

    private SpandspPeer(RunningProcess process, PortReservation port) => (_process, _port) = (process, port);

    /// <summary>Where it sends from and listens.</summary>
    public IPEndPoint EndPoint => _port.EndPoint;

    /// <summary>What it wrote to standard error, with <c>--log</c> or <c>--trace -</c>.</summary>
    public string Log => _process.Error;

    /// <summary>Starts one that receives into the TIFF <paramref name="file"/>; it waits for the far end's first packet.</summary>
    /// <param name="file">The TIFF to write.</param>
    /// <param name="options">Its own options, one or two words each: <c>"--ecm", "off"</c>.</param>
    public static Task<SpandspPeer> ReceiveAsync(string file, params string[] options) =>
        StartAsync(["--receive", file, "--wait", .. options]);

    /// <summary>Starts one that sends the TIFF <paramref name="file"/> to <paramref name="remote"/>.</summary>
    /// <param name="file">A TIFF of a fax width, coded in Group 3 or 4 or uncompressed, with a fax resolution.</param>
    /// <param name="remote">Where the far end listens.</param>
    /// <param name="options">Its own options, one or two words each.</param>
    public static Task<SpandspPeer> SendAsync(string file, IPEndPoint remote, params string[] options) =>
        StartAsync(["--send", file, "--remote", remote.ToString(), .. options]);

    /// <summary>Waits for the end of the call.</summary>
    /// <exception cref="TimeoutException">The call lasts longer than <paramref name="limit"/>.</exception>
    /// <exception cref="InvalidOperationException">The peer refused its options or ended without a result.</exception>
    public async Task<SpandspResult> ResultAsync(TimeSpan limit) =>
        SpandspResult.Of(await _process.WaitForExitAsync(limit));

    /// <summary>Makes it end the call now, and returns what had happened until then.</summary>
    public async Task<SpandspResult> StopAsync() => SpandspResult.Of(await _process.StopAsync());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _port.Dispose();
    }

    private static async Task<SpandspPeer> StartAsync(IEnumerable<string> options)
    {
        var program = await SpandspBuild.ProgramAsync("spandsp-peer");
        var port = PortReservation.Take();
        var local = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port.First}");
        var peer = new SpandspPeer(RunningProcess.Start(program, [.. options, "--local", local]), port);
        try
        {
            await peer.WaitUntilBoundAsync();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    // It says nothing when its socket is open; a packet sent before that would be lost.
    private Task WaitUntilBoundAsync() => Eventually.HoldsAsync(
        () => _process.HasExited || BoundPorts.IsUdpBound(EndPoint.Port), TimeSpan.FromSeconds(10), () => $"{_process.Command}\ndid not open its port within 10 s.\n{Log}");
}
