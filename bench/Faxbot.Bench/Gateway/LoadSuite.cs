using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Bench.Gateway;

/// <summary>As many calls at once as a gateway takes, to the far end that comes with it: nothing may be lost.</summary>
internal sealed class LoadSuite : IBenchSuite
{
    private const int Calls = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "load";

    public async Task RunAsync(BenchReport report)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        using var folder = new TempFolder();
        await using var gateway = await GatewayProcess.StartAsync(folder.FullPath, new Dictionary<string, string?>
        {
            ["FAXBOT_LIMITS_MAX_FAXES"] = $"{Calls}",
            ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000",
        });
        using var client = gateway.Client();
        var (before, start) = (ProcessorSeconds(gateway), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(call => GatewayProcess.SendAsync(client, Number(call), RepositoryRoot.Of("samples", "letter.pdf"))));
        var faxes = await EndedAsync(client);
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        report.Note($"{Calls} faxes of 3 pages at once: {took:0.0} s, {(ProcessorSeconds(gateway) - before) / Calls * 1000:0} ms of processor time for each, " +
            $"gateway's memory at its peak {ProcessUsage.PeakMegabytes(gateway.Id):0} MB, its plugins' {ProcessUsage.Children(gateway.Id).Sum(ProcessUsage.PeakMegabytes):0} MB");
        foreach (var lost in faxes.Where(fax => fax.GetProperty("status").GetString() != "SUCCESS").Take(3)) report.Note($"lost: {lost}");
        report.AtLeast("faxes that arrived", faxes.Count(fax => fax.GetProperty("status").GetString() == "SUCCESS"), Calls, 1, "faxes");
        report.AtLeast("faxes dialled once", faxes.Count(fax => fax.GetProperty("dials").GetInt32() == 1), Calls, 1, "faxes");
    }

    // One for each call, with an ending that simply receives.
    private static string Number(int call) => $"+1555{call:000}0100";

    private static async Task<JsonElement[]> EndedAsync(HttpClient client)
    {
        using var end = new CancellationTokenSource(Limit);
        while (true)
        {
            var listed = await client.GetFromJsonAsync<JsonElement>($"/fax?limit={Calls}", end.Token);
            JsonElement[] faxes = [.. listed.GetProperty("faxes").EnumerateArray()];
            if (faxes.Length == Calls && faxes.All(IsOver)) return faxes;
            await Task.Delay(Pause, end.Token);
        }
    }

    // Another attempt would be a fax that was lost on its way.
    private static bool IsOver(JsonElement fax) => fax.GetProperty("status").GetString() is "SUCCESS" or "FAILED" || fax.TryGetProperty("outcome", out _);

    private static double ProcessorSeconds(GatewayProcess gateway) =>
        ProcessUsage.ProcessorSeconds(gateway.Id) + ProcessUsage.Children(gateway.Id).Sum(ProcessUsage.ProcessorSeconds);
}
