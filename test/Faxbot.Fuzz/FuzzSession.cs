using System.Diagnostics;
using System.Globalization;

namespace Faxbot.Fuzz;

/// <summary>
/// Feeds one target on all processors and watches: exceptions, allocation, an input that takes more than a second of processor
/// time (or half a minute when it waits for something), and memory that is not given back.
/// </summary>
internal sealed class FuzzSession(FuzzOptions options, TextWriter output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private const int Report = 25; // looks between two lines
    private const long Growth = 16 << 20;

    /// <summary>Null when all inputs went well and memory did not grow.</summary>
    public FuzzFinding? Run(Func<IFuzzTarget> create)
    {
        var (name, count) = (create().Name, options.Count ?? create().Inputs);
        // What the code itself takes (compiled methods, tables, buffers) is there after this, and not counted as growth.
        if (new FuzzWorker(create(), options.Seed ^ 0xA5A5, long.Min(count, 20_000)).Run() is { } early) return early;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var start = Stopwatch.GetTimestamp();
        var finding = RunWorkers(name, count, create);
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (finding is not null) return finding;

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        using var self = Process.GetCurrentProcess();
        Say($"{name}: {count:N0} inputs in {elapsed.TotalSeconds:0.0} s, {count / elapsed.TotalSeconds:N0} a second, peak memory {self.PeakWorkingSet64 >> 20} MiB, growth {grown >> 10} KiB");
        return grown > Growth ? new FuzzFinding(name, $"memory grew by {grown} octets and is still held", []) : null;
    }

    private FuzzFinding? RunWorkers(string name, long count, Func<IFuzzTarget> create)
    {
        var shares = (int)long.Min(Environment.ProcessorCount, count);
        var workers = Enumerable.Range(0, shares)
            .Select(i => new FuzzWorker(create(), options.Seed + ((ulong)i << 32), (count / shares) + (i < count % shares ? 1 : 0)))
            .ToArray();
        var findings = new FuzzFinding?[shares];
        var threads = workers.Select((worker, i) => new Thread(() => findings[i] = worker.Run()) { IsBackground = true, Name = $"{name} {i}" }).ToArray();
        foreach (var thread in threads) thread.Start();
        return Watch(name, count, workers) ?? findings.FirstOrDefault(finding => finding is not null);
    }

    // The threads' processor time stands for the input's: another busy program must not look like a hang of ours.
    private FuzzFinding? Watch(string name, long count, FuzzWorker[] workers)
    {
        var seen = workers.Select(_ => (Done: -1L, Work: TimeSpan.Zero, At: 0L)).ToArray();
        using var self = Process.GetCurrentProcess();
        using var clock = new ManualResetEventSlim();
        for (var looks = 1; workers.Any(worker => !worker.Ended); looks++)
        {
            clock.Wait(Look);
            self.Refresh();
            var work = self.TotalProcessorTime / int.Max(1, workers.Count(worker => !worker.Ended));
            for (var i = 0; i < workers.Length; i++)
            {
                var done = workers[i].Done;
                if (done != seen[i].Done) seen[i] = (done, work, Stopwatch.GetTimestamp());
                else if (!workers[i].Ended && (work - seen[i].Work > LongestWork || Stopwatch.GetElapsedTime(seen[i].At) > LongestWait))
                    return new FuzzFinding(name, $"hangs: {(work - seen[i].Work).TotalSeconds:0.0} s of processor time on one input", workers[i].Input);
            }

            if (looks % Report == 0) Say($"  {name}: {workers.Sum(worker => worker.Done):N0} of {count:N0}, memory {self.WorkingSet64 >> 20} MiB");
        }

        return null;
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
