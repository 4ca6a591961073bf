using System.Net;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Peers;

namespace Faxbot.Lines.Tests.Embedded.Trunks;

/// <summary>A trunk whose servers are asked for a sign of life. SIP waits 32 s for one, so the clock runs fast.</summary>
public sealed class ServerWatchTests : IAsyncDisposable
{
    private readonly LoopbackRegistrar _first = new("");
    private readonly LoopbackRegistrar _second = new("");
    private readonly EmbeddedLine _line = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, new ScaledTimeProvider(100));

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_silent_goes_behind_the_others_until_it_answers_again()
    {
        _first.IsSilent = true;
        await using var trunk = Connect();
        Assert.Equal([Port(_first), Port(_second)], await OrderAsync(trunk));

        await UntilAsync(() => trunk.Problems.Count == 1);
        Assert.Equal([Port(_second), Port(_first)], await OrderAsync(trunk));
        Assert.True(trunk.IsUsable);

        _first.IsSilent = false;
        await UntilAsync(() => trunk.Problems.Count == 0);
        Assert.Equal([Port(_first), Port(_second)], await OrderAsync(trunk));
    }

    [Fact]
    public async Task A_trunk_whose_servers_are_all_silent_cannot_be_used()
    {
        _first.IsSilent = _second.IsSilent = true;
        await using var trunk = Connect();

        await UntilAsync(() => !trunk.IsUsable);

        Assert.All(trunk.Problems, problem => Assert.StartsWith("The server 127.0.0.1 does not answer SIP (OPTIONS)", problem, StringComparison.Ordinal));
    }

    // In which order a call would try them.
    private async Task<List<int?>> OrderAsync(TrunkConnection trunk)
    {
        List<int?> ports = [];
        await foreach (var place in _line.Servers.FindAsync(trunk.Trunk, "+12065550100", TestContext.Current.CancellationToken)) ports.Add(place.Server.Port);
        return ports;
    }

    private static int? Port(LoopbackRegistrar server) => server.EndPoint.Port;

    private static Task UntilAsync(Func<bool> test) => Eventually.HoldsAsync(test, TimeSpan.FromSeconds(30));

    private TrunkConnection Connect() => _line.Connect(
        new TrunkProfile
        {
            Servers = [new TrunkServer { Host = "127.0.0.1", Port = Port(_second), Priority = 2 }, new TrunkServer { Host = "127.0.0.1", Port = Port(_first), Priority = 1 }],
            Signalling = new TrunkSignalling { PingInterval = TimeSpan.FromSeconds(40) },
        },
        "p");
}
