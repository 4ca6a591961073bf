using System.Diagnostics;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Bench.Gateway;

/// <summary>What a gateway takes that nobody uses, and how soon after its start the first fax is accepted.</summary>
internal sealed class FootprintSuite : IBenchSuite
{
    private const int Starts = 3;
    // Long enough for what runs once at the start to be over.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    public string Name => "footprint";

    public async Task RunAsync(BenchReport report)
    {
        List<double> seconds = [];
        List<double> gateways = [];
        List<double> plugins = [];
        for (var start = 0; start < Starts; start++)
        {
            using var folder = new TempFolder();
            var began = Stopwatch.GetTimestamp();
            await using var gateway = await GatewayProcess.StartAsync(folder.FullPath);
            using (var client = new UploadClient(gateway.Address, gateway.FirstKey)) await client.UploadAsync(1);
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await ReadyAsync(gateway);
            await Task.Delay(Idle);
            gateways.Add(ProcessUsage.ResidentMegabytes(gateway.Id));
            plugins.AddRange(ProcessUsage.Children(gateway.Id).Select(ProcessUsage.Innermost).Select(ProcessUsage.ResidentMegabytes));
        }

        report.Note($"{Starts} starts, each with a new data folder; the worst; memory is what is resident {Idle.TotalSeconds} s after all plugins are up");
        report.Below("from the start to the first 202", seconds.Max(), 3, "s");
        report.Below("idle gateway", gateways.Max(), 150, "MB");
        report.Below("process of a plugin", plugins.Max(), 60, "MB");
    }

    private static async Task ReadyAsync(GatewayProcess gateway)
    {
        using var client = gateway.Client();
        using var end = new CancellationTokenSource(ReadyLimit);
        while (!(await client.GetAsync("/health/ready", end.Token)).IsSuccessStatusCode) await Task.Delay(TimeSpan.FromMilliseconds(100), end.Token);
    }
}
