using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// Asks a trunk's servers for a sign of life (OPTIONS) every <see cref="TrunkSignalling.PingInterval"/>, and puts those that give none behind the
/// others. Without an interval it asks nobody and takes all for alive. Thread-safe.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    private readonly SipPort _port;
    private readonly TrunkProfile _trunk;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private volatile IReadOnlyList<TrunkServer> _silent = [];

    public ServerWatch(SipPort port, TrunkProfile trunk, TimeProvider time)
    {
        (_port, _trunk, _time) = (port, trunk, time);
        _watching = trunk.Signalling.PingInterval is { } interval ? Task.Run(() => WatchAsync(interval)) : Task.CompletedTask;
    }

    /// <summary>The servers that gave no sign of life when they were asked last.</summary>
    public IReadOnlyList<TrunkServer> Silent => _silent;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            do
            {
                var asked = await Task.WhenAll(_trunk.Servers.Select(async server => (Server: server, IsAlive: await IsAliveAsync(server))));
                _silent = [.. asked.Where(one => !one.IsAlive).Select(one => one.Server)];
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    // Calls are placed by what is found here: the places that are silent come behind the others.
    private async Task<bool> IsAliveAsync(TrunkServer server)
    {
        var hops = await _port.Servers.ResolveAsync(_trunk, server, _stop.Token);
        var alive = await Task.WhenAll(hops.Select(async hop =>
        {
            var isAlive = (await _port.PingAsync(_trunk.AddressDomain(), hop, _stop.Token)).IsAlive;
            if (isAlive) _port.Servers.Health.Recover(hop);
            else _port.Servers.Health.Fail(hop, null);
            return isAlive;
        }));
        return alive.Contains(true);
    }
}
