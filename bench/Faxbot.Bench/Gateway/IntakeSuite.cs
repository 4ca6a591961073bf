using System.Globalization;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Peers;
using Faxbot.Testing.Processes;

namespace Faxbot.Bench.Gateway;

/// <summary>What durable intake over HTTP reaches, against an endpoint that only makes a file and a row durable.</summary>
internal sealed class IntakeSuite : IBenchSuite
{
    private const double Goal = 0.7;
    private const int Rounds = 5;
    private const int WarmUpAtOnce = 8;
    // Until the code that runs is the code that will run: the compiler works beside the uploads for as long.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly int[] AtOnce = [1, 4, 16, 64];

    public string Name => "intake";

    public async Task RunAsync(BenchReport report)
    {
        report.Note($"PDFs of 200 KB, no two alike; both in processes of their own; after {WarmUp.TotalSeconds} s of uploads to warm up, {Rounds} rounds of {Length.TotalSeconds} s in turn; medians");
        using var folder = new TempFolder();
        await CompareAsync(report, "SQLite", folder.Of("sqlite"), null, null);
        // One that waits for the disk, as those that people use.
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        await CompareAsync(report, "PostgreSQL", folder.Of("postgresql"), await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
    }

    private static async Task CompareAsync(BenchReport report, string kind, string folder, string? gatewayRows, string? bareRows)
    {
        await using var gateway = await GatewayProcess.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "gateway")).FullName, Configuration(gatewayRows));
        await using var bare = await StartBareAsync(Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName, bareRows);
        using var ours = new UploadClient(gateway.Address, gateway.FirstKey);
        using var peer = new UploadClient(bare.Address, null);
        await ours.RateAsync(WarmUpAtOnce, WarmUp);
        await peer.RateAsync(WarmUpAtOnce, WarmUp);
        List<(double Ours, double Peers)> rates = [];
        foreach (var atOnce in AtOnce)
        {
            var (ourStart, peerStart) = (Spent.By(ours, gateway.Id), Spent.By(peer, bare.Process.Id));
            var rate = await MeasureAsync(ours, peer, atOnce);
            rates.Add(rate);
            report.Note($"processor time, {kind}, {atOnce} at once: {Spent.By(ours, gateway.Id).Since(ourStart):0.00} ms a fax; the peer's {Spent.By(peer, bare.Process.Id).Since(peerStart):0.00} ms");
            report.AtLeast($"intake, {kind}, {atOnce} at once", rate.Ours, rate.Peers, Goal, "faxes/s");
        }

        report.AtLeast($"intake, {kind}, the most of each", rates.Max(rate => rate.Ours), rates.Max(rate => rate.Peers), Goal, "faxes/s");
    }

    private static async Task<(double Ours, double Peers)> MeasureAsync(UploadClient ours, UploadClient peer, int atOnce)
    {
        List<double> ourRates = [];
        List<double> peerRates = [];
        for (var round = 0; round < Rounds; round++)
        {
            ourRates.Add(await ours.RateAsync(atOnce, Length));
            peerRates.Add(await peer.RateAsync(atOnce, Length));
        }

        return (Median(ourRates), Median(peerRates));
    }

    private static Dictionary<string, string?> Configuration(string? postgreSql)
    {
        var configuration = new Dictionary<string, string?> { ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = 1_000_000.ToString(CultureInfo.InvariantCulture) };
        if (postgreSql is not null) configuration["FAXBOT_DATABASE"] = postgreSql;
        return configuration;
    }

    private static async Task<BareProcess> StartBareAsync(string folder, string? postgreSql)
    {
        string[] words = [typeof(IntakeSuite).Assembly.Location, BareIntake.Command, folder];
        var process = RunningProcess.Start("dotnet", postgreSql is null ? words : [.. words, postgreSql]);
        try
        {
            var line = await process.WaitForLineAsync(said => said.StartsWith(BareIntake.Listens, StringComparison.Ordinal), StartLimit);
            return new BareProcess(process, new Uri(line[BareIntake.Listens.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);

    private readonly record struct Spent(double ProcessorSeconds, long Uploads)
    {
        public static Spent By(UploadClient client, int process) => new(ProcessUsage.ProcessorSeconds(process), client.Uploads);

        public double Since(Spent start) => (ProcessorSeconds - start.ProcessorSeconds) / (Uploads - start.Uploads) * 1000;
    }

    private sealed record BareProcess(RunningProcess Process, Uri Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
