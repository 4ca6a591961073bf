using System.Globalization;
using System.Net;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Sipp;

/// <summary>
/// sipp with a scenario of ours, on ports of its own at 127.0.0.1, over UDP or TCP. It plays what the XML says and fails at anything else.
/// Disposing of it ends it by its own process id.
/// </summary>
public sealed class SippPeer : IAsyncDisposable
{
    private readonly RunningProcess _process;
    private readonly PortReservation _ports;
    private readonly TempFolder _folder;

    private SippPeer(RunningProcess process, PortReservation ports, TempFolder folder) => (_process, _ports, _folder) = (process, ports, folder);

    /// <summary>Where its SIP is; media ports in the scenario (<c>[media_port]</c>) are the four that follow.</summary>
    public IPEndPoint EndPoint => _ports.EndPoint;

    /// <summary>Starts the scenario in the XML <paramref name="scenario"/> (its text) and waits until its port is open.</summary>
    /// <exception cref="InvalidOperationException">sipp cannot be had or refuses the scenario.</exception>
    public static async Task<SippPeer> StartAsync(string scenario, SippOptions? options = null)
    {
        await DebianPackages.EnsureAsync("sip-tester");
        options ??= new SippOptions();
        var folder = new TempFolder();
        var ports = PortReservation.Take(6);
        await File.WriteAllTextAsync(folder.Of("scenario.xml"), scenario);
        List<string> arguments =
        [
            "-sf", folder.Of("scenario.xml"), "-i", "127.0.0.1", "-p", Text(ports.First), "-mi", "127.0.0.1", "-mp", Text(ports.First + 2),
            "-m", Text(options.Calls), "-s", options.Service, "-nostdin", "-trace_msg", "-message_file", folder.Of("messages"),
            "-trace_err", "-error_file", folder.Of("errors"), "-t", options.Tcp ? "t1" : "u1", .. options.More,
        ];
        if (options.Remote is not null) arguments.Add(options.Remote);
        var peer = new SippPeer(RunningProcess.Start("sipp", arguments, new ProcessOptions { WorkingFolder = folder.FullPath }), ports, folder);
        try
        {
            await peer.WaitUntilBoundAsync(options);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until all calls are over.</summary>
    /// <exception cref="TimeoutException">They are not within <paramref name="limit"/>; the message has what was sent and received.</exception>
    public async Task<SippResult> ResultAsync(TimeSpan limit)
    {
        try
        {
            var ended = await _process.WaitForExitAsync(limit);
            return new SippResult(ended.ExitCode, Read("messages"), $"{Read("errors")}\n{ended.Error}".Trim());
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"sipp's scenario was not over within {limit.TotalSeconds:0} s.\n{Read("errors")}\n{Read("messages")}".TrimEnd());
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _ports.Dispose();
        _folder.Dispose();
    }

    private async Task WaitUntilBoundAsync(SippOptions options)
    {
        // Over TCP a caller has no port that listens.
        bool IsBound() => options.Tcp ? options.Remote is not null || BoundPorts.IsTcpListening(EndPoint.Port) : BoundPorts.IsUdpBound(EndPoint.Port);
        await Eventually.HoldsAsync(
            () => _process.HasExited || IsBound(), TimeSpan.FromSeconds(10), () => $"{_process.Command}\ndid not open its port within 10 s.\n{_process.Error}");
        // A caller's scenario may be over at once.
        if (_process.HasExited && await _process.WaitForExitAsync(TimeSpan.FromSeconds(5)) is { ExitCode: not 0 and not 1 } ended) ended.EnsureSuccess();
    }

    private string Read(string name) => File.Exists(_folder.Of(name)) ? File.ReadAllText(_folder.Of(name)) : "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
