using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Faxbot.Testing;
using Faxbot.Testing.Processes;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Bench.Calls;

/// <summary>
/// Whole T.38 calls beside libspandsp's: how long a call takes on the line, how many pairs of terminals a core carries, and what a
/// terminal holds in the middle of a page.
/// </summary>
internal sealed partial class CallsSuite : IBenchSuite
{
    private const int Pairs = 50;
    private const int Rounds = 5;
    private const int MemoryPairs = 250;
    private const double MemoryGoal = 150;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan MiddleOfPage = TimeSpan.FromSeconds(20);

    public string Name => "calls";

    public async Task RunAsync(BenchReport report)
    {
        using var folder = new TempFolder();
        foreach (var pages in (int[])[1, 5]) await CompareAirTimeAsync(report, folder, pages);
        await ComparePairsAsync(report, folder);
        MeasureMemory(report, folder);
    }

    // Our call runs in virtual time; the peer's two ends run on clocks ten times as fast and report the scaled seconds.
    private static async Task CompareAirTimeAsync(BenchReport report, TempFolder folder, int pages)
    {
        var document = folder.Of($"text{pages}.tif");
        CallDocument.Write(document, pages);
        var ours = await RunOneAsync(document, folder.Of($"ours{pages}.tif"));
        var theirs = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            await using var receiver = await SpandspPeer.ReceiveAsync(folder.Of($"theirs{pages}-{round}.tif"), "--time-scale", "10");
            await using var sender = await SpandspPeer.SendAsync(document, receiver.EndPoint, "--time-scale", "10");
            var result = await sender.ResultAsync(TimeSpan.FromMinutes(3));
            if (result.Result != 0) throw new InvalidOperationException($"The libspandsp pair failed: {result.ResultText}");
            theirs.Add(result.FaxSeconds);
        }

        theirs.Sort();
        report.AtMost($"a paced call at 14400 bit/s with ECM, {pages} page{(pages == 1 ? "" : "s")}", ours.TotalSeconds, theirs[1], 1, "s");
    }

    private static Task<TimeSpan> RunOneAsync(string document, string output) => Task.Run(() =>
    {
        using var pair = new FaxPair(document, output);
        if (!pair.Link.Run(LongestCall) || !pair.IsDelivered) throw new InvalidOperationException("Our own call failed.");
        return pair.Link.Now;
    });

    private static async Task ComparePairsAsync(BenchReport report, TempFolder folder)
    {
        var document = folder.Of("text5.tif");
        var program = await SpandspBuild.ProgramAsync("t38bench");
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var our = MeasurePairs(folder, document, round);
            var said = (await ProcessRunner.RunAsync(program, ["--doc", document, "--pairs", $"{Pairs}"])).EnsureSuccess().Output;
            // The first round warms both up.
            if (round == 0) continue;
            ours.Add(our);
            theirs.Add(double.Parse(PairsPerCore().Match(said).Groups[1].Value, CultureInfo.InvariantCulture));
        }

        ours.Sort();
        theirs.Sort();
        report.AtLeast($"pairs a core, {Pairs} paced ECM pairs, 5 pages", ours[Rounds / 2], theirs[Rounds / 2], 1, "pairs");
    }

    /// <summary>Session seconds per CPU second, as the peer counts it: both ends, TIFF in and out.</summary>
    private static double MeasurePairs(TempFolder folder, string document, int round)
    {
        var pairs = Enumerable.Range(0, Pairs).Select(i => new FaxPair(document, folder.Of($"pair{round}-{i}.tif"))).ToList();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var pair in pairs) pair.Link.Start();
        for (var limit = Slice; pairs.Exists(p => !p.Link.IsDone) && limit < LongestCall; limit += Slice)
        {
            foreach (var pair in pairs) pair.Link.RunUntil(limit);
        }

        var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
        if (!pairs.TrueForAll(p => p.IsDelivered)) throw new InvalidOperationException("One of our own calls failed.");
        var seconds = pairs.Sum(p => p.Link.Now.TotalSeconds);
        pairs.ForEach(p => p.Dispose());
        return seconds / spent.TotalSeconds;
    }

    private static void MeasureMemory(BenchReport report, TempFolder folder)
    {
        var document = folder.Of("text5.tif");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var pairs = Enumerable.Range(0, MemoryPairs).Select(i => new FaxPair(document, folder.Of($"memory-{i}.tif"))).ToList();
        foreach (var pair in pairs) pair.Link.Start();
        foreach (var pair in pairs) pair.Link.RunUntil(MiddleOfPage);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (2.0 * MemoryPairs) / 1000;
        report.Note($"memory: managed heap of {2 * MemoryPairs} terminals in the middle of a page, wire included; the peer's figure is the goal");
        report.AtMost("memory a terminal", each, MemoryGoal, 1, "kB");
        pairs.ForEach(p => p.Dispose());
    }

    [GeneratedRegex(@"pairs_per_core=(\d+)")]
    private static partial Regex PairsPerCore();
}
