using System.Collections.Concurrent;
using System.Net;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;

namespace Faxbot.CrashSoak;

/// <summary>
/// The far end of all calls, in a process that lives on when the gateway dies: a trunk on loopback that takes each call and counts, by the called number,
/// the pages that it confirmed. Safe for concurrent use.
/// </summary>
internal sealed class FarTrunk : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ReceivedCall>> _calls = new();
    private readonly EmbeddedLine _line;

    public FarTrunk()
    {
        _line = EmbeddedLine.Open(
            new EmbeddedLineOptions
            {
                Bind = new IPEndPoint(IPAddress.Loopback, 0),
                InboundT38 = new TrunkT38 { Paced = false, InboundSwitch = T38Switch.Us, MaxDatagram = 1400 },
                MaxCalls = 10_000,
            },
            TimeProvider.System,
            Accept);
    }

    /// <summary>The settings of a plugin that sends to it.</summary>
    /// <param name="isPaced">Whether pages go as fast as a modem would send them, or as fast as they can.</param>
    public object Settings(bool isPaced) => new
    {
        host = _line.LocalEndPoint.Address.ToString(),
        port = _line.LocalEndPoint.Port,
        trunk = new { t38 = new { paced = isPaced, max_datagram = 1400 } },
    };

    /// <summary>The calls that came for a number, in their order.</summary>
    public IReadOnlyList<ReceivedCall> CallsTo(string number) => _calls.TryGetValue(number, out var calls) ? [.. calls] : [];

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private IncomingDecision.Accept Accept(IncomingFax fax)
    {
        var call = new ReceivedCall();
        _calls.GetOrAdd(fax.CalledNumber, _ => []).Enqueue(call);
        return new IncomingDecision.Accept(call, _ => { });
    }
}
