using System.Net;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>A call of an embedded line that is over.</summary>
internal sealed record FinishedCall(FaxOutcome Outcome, IReadOnlyList<LineEvent> Events)
{
    /// <summary>The switch to T.38, where it came about.</summary>
    public LineEvent.SwitchedToT38? Switch => Events.OfType<LineEvent.SwitchedToT38>().FirstOrDefault();

    /// <summary>A line on loopback with any free port.</summary>
    public static EmbeddedLine OpenLine() => EmbeddedLine.Open(OnLoopback, TimeProvider.System);

    /// <summary>Options of a line on loopback with any free port.</summary>
    public static EmbeddedLineOptions OnLoopback => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    /// <summary>A trunk on loopback.</summary>
    public static TrunkProfile Trunk(int port, TrunkT38? t38 = null) =>
        new() { Servers = [new TrunkServer { Host = "127.0.0.1", Port = port }], T38 = t38 ?? new TrunkT38() };

    /// <summary>Waits for the end of <paramref name="call"/>.</summary>
    public static async Task<FinishedCall> OfAsync(FaxCall call, TimeSpan limit)
    {
        List<LineEvent> events = [];
        using var tooLong = new CancellationTokenSource(limit);
        await foreach (var happened in call.Events.WithCancellation(tooLong.Token)) events.Add(happened.Event);
        return new FinishedCall(await call.Completion, events);
    }

    public override string ToString() => $"{Outcome}\n{string.Join('\n', Events)}";
}
