using System.Diagnostics;
using Faxbot.Server.Storage;
using Faxbot.Testing;
using Faxbot.Testing.Peers;

namespace Faxbot.Bench.Gateway;

/// <summary>What it costs to bring one fax from the queue over a plugin that ends at once to its end: from a store that holds much, and from a small one.</summary>
internal sealed class DispatchSuite : IBenchSuite
{
    private const int Batch = 200;
    private const int Rounds = 9;
    private const int Finished = 1_000_000;
    private const int Waiting = 10_000;
    private const int Small = 100;

    public string Name => "dispatch";

    public async Task RunAsync(BenchReport report)
    {
        report.Note($"{Rounds} times {Batch} faxes in turn; large: {Finished:N0} finished and {Waiting:N0} waiting, small: {Small} finished; medians");
        using var folder = new TempFolder();
        await CompareAsync(report, "SQLite", name => Task.FromResult(new DatabaseOptions { Sqlite = folder.Of(name) }));
        await using var postgres = await PostgresServer.StartAsync();
        await CompareAsync(report, "PostgreSQL", async _ => new DatabaseOptions { PostgreSql = await postgres.CreateDatabaseAsync() });
    }

    private static async Task CompareAsync(BenchReport report, string kind, Func<string, Task<DatabaseOptions>> create)
    {
        await using var small = await DispatchStore.CreateAsync(await create("small.db"), Small, 0);
        await using var large = await DispatchStore.CreateAsync(await create("large.db"), Finished, Waiting);
        List<double> smallTimes = [];
        List<double> largeTimes = [];
        for (var round = -1; round < Rounds; round++)
        {
            // The first round warms up.
            var (ofSmall, ofLarge) = (await TimeAsync(small), await TimeAsync(large));
            if (round < 0) continue;
            smallTimes.Add(ofSmall);
            largeTimes.Add(ofLarge);
        }

        report.AtMost($"dispatch from a large store, {kind}", Median(largeTimes), Median(smallTimes), 1.5, "ms/fax");
    }

    private static async Task<double> TimeAsync(DispatchStore store)
    {
        await store.AcceptAsync(Batch);
        var start = Stopwatch.GetTimestamp();
        await store.DispatchAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Batch;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
