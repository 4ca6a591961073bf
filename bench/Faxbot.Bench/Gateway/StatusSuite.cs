using System.Diagnostics;
using Faxbot.Testing;
using Faxbot.Testing.Peers;

namespace Faxbot.Bench.Gateway;

/// <summary>What <c>GET /fax/{id}</c> costs from a store that holds much, and from a small one.</summary>
internal sealed class StatusSuite : IBenchSuite
{
    private const int Batch = 500;
    private const int Rounds = 9;
    // Until the code that runs is the code that will run.
    private const int WarmUpRounds = 12;
    private const int Large = 1_000_000;
    private const int Small = 100;

    public string Name => "status";

    public async Task RunAsync(BenchReport report)
    {
        report.Note($"{Rounds} times {Batch} requests in turn, each for another fax, after {WarmUpRounds} rounds to warm up; medians");
        report.Note($"large: {Large:N0} finished, small: {Small} finished");
        using var folder = new TempFolder();
        await CompareAsync(report, "SQLite", folder, () => Task.FromResult<string?>(null));
        await using var postgres = await PostgresServer.StartAsync();
        await CompareAsync(report, "PostgreSQL", folder, async () => await postgres.CreateDatabaseAsync());
    }

    private static async Task CompareAsync(BenchReport report, string kind, TempFolder folder, Func<Task<string?>> create)
    {
        await using var small = await StatusStore.CreateAsync(folder.Of(kind + "-small"), await create(), Small);
        await using var large = await StatusStore.CreateAsync(folder.Of(kind + "-large"), await create(), Large);
        List<double> smallTimes = [];
        List<double> largeTimes = [];
        for (var round = -WarmUpRounds; round < Rounds; round++)
        {
            var (ofSmall, ofLarge) = (await TimeAsync(small, round), await TimeAsync(large, round));
            if (round < 0) continue;
            smallTimes.Add(ofSmall);
            largeTimes.Add(ofLarge);
        }

        report.AtMost($"GET /fax/{{id}} from a large store, {kind}", Median(largeTimes), Median(smallTimes), 1.5, "ms");
    }

    private static async Task<double> TimeAsync(StatusStore store, int seed)
    {
        var random = new Random(seed);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Batch; i++) await store.ReadAsync(1 + random.Next(store.Faxes));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Batch;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
