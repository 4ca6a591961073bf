using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Faxbot.Bench.Calls;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;

namespace Faxbot.Bench.Lines;

/// <summary>
/// Fifty calls set up in a second until five hundred are up, each at the pace of a modem, from one embedded line to another in the same process: what
/// a machine with two cores carries of both directions. None may be lost.
/// </summary>
internal sealed class CallRateSuite : IBenchSuite
{
    private const int Calls = 500;
    private const int PerSecond = 50;
    private const double SetUpGoal = 1_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private static readonly TrunkT38 T38 = new() { Switch = T38Switch.Us, InboundSwitch = T38Switch.FarEnd };

    public string Name => "callrate";

    public async Task RunAsync(BenchReport report)
    {
        using var folder = new TempFolder();
        var document = folder.Of("page.tif");
        CallDocument.Write(document, 1);
        var received = new ConcurrentBag<Task<FaxOutcome>>();
        await using var far = EmbeddedLine.Open(Options, TimeProvider.System, fax => new IncomingDecision.Accept(
            new ReceivedTiff(folder.Of($"{fax.CalledNumber}.tif")), call => received.Add(call.Completion)));
        await using var near = EmbeddedLine.Open(Options, TimeProvider.System);
        var up = new UpCount();
        var (start, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        var calls = await PlaceAllAsync(number => PlaceAsync(near, far, document, number, up));
        var placed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var ended = await Task.WhenAll(calls).WaitAsync(Limit);
        var taken = await Task.WhenAll(received).WaitAsync(Limit);
        var setUps = ended.Select(call => call.SetUp.TotalMilliseconds).Order().ToList();
        report.Note($"{Calls} calls placed in {placed:0.0} s, {up.Most} at once, all over after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; " +
            $"{(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds / Calls:0} ms of processor time for each, both ends; set up in {setUps[Calls / 2]:0} ms (median)");
        foreach (var lost in ended.Where(call => call.Outcome.Class != OutcomeClass.Success).Take(3)) report.Note($"lost: {lost.Outcome}");
        report.Below("set-up of a call, 99 of 100", setUps[Calls * 99 / 100], SetUpGoal, "ms");
        report.AtLeast("calls up at once", up.Most, Calls, 1, "calls");
        report.AtLeast("faxes that were sent", ended.Count(call => call.Outcome.Class == OutcomeClass.Success), Calls, 1, "faxes");
        report.AtLeast("faxes that were received", taken.Count(outcome => outcome.Class == OutcomeClass.Success), Calls, 1, "faxes");
    }

    private static async Task<List<Task<PlacedCall>>> PlaceAllAsync(Func<int, Task<PlacedCall>> place)
    {
        var start = Stopwatch.GetTimestamp();
        List<Task<PlacedCall>> calls = [];
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (calls.Count < Calls && await pace.WaitForNextTickAsync())
        {
            // A tick that came late stands for those that it held up.
            while (calls.Count < Calls && calls.Count < Stopwatch.GetElapsedTime(start).TotalSeconds * PerSecond) calls.Add(place(calls.Count));
        }

        return calls;
    }

    private static async Task<PlacedCall> PlaceAsync(EmbeddedLine near, EmbeddedLine far, string document, int number, UpCount up)
    {
        using var pages = CallDocument.Open(document);
        var placedAt = Stopwatch.GetTimestamp();
        TimeSpan? setUp = null;
        var call = near.Originate(new OutboundFax
        {
            Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = far.LocalEndPoint.Port }], T38 = T38 },
            To = FormattableString.Invariant($"+1555{number:0000000}"),
            Document = pages,
        });
        await foreach (var happened in call.Events)
        {
            if (happened.Event is not LineEvent.Answered) continue;
            setUp = Stopwatch.GetElapsedTime(placedAt);
            up.Enter();
        }

        var outcome = await call.Completion;
        if (setUp is not null) up.Leave();
        return new PlacedCall(outcome, setUp ?? Stopwatch.GetElapsedTime(placedAt));
    }

    private static EmbeddedLineOptions Options => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0), MaxCalls = 2 * Calls, InboundT38 = T38 };

    /// <summary>A call that is over.</summary>
    private sealed record PlacedCall(FaxOutcome Outcome, TimeSpan SetUp);

    /// <summary>How many calls are up, and were at most. Thread-safe.</summary>
    private sealed class UpCount
    {
        private readonly Lock _gate = new();
        private int _up;

        public int Most { get; private set; }

        public void Enter()
        {
            lock (_gate) Most = Math.Max(Most, ++_up);
        }

        public void Leave()
        {
            lock (_gate) _up--;
        }
    }
}
