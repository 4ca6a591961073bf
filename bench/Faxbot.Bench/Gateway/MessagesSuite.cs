using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Plugins;

namespace Faxbot.Bench.Gateway;

/// <summary>
/// Text messages through a gateway and a plugin in processes of their own, over HTTP and SQLite: accepted one by one, handed to the plugin, and each confirmed
/// by a webhook of its own. Ten thousand a minute is the goal.
/// </summary>
internal sealed class MessagesSuite : IBenchSuite
{
    private const int WarmUp = 500;
    private const int Messages = 10_000;
    private const double GoalPerSecond = Messages / 60.0;
    private const int AtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "messages";

    public async Task RunAsync(BenchReport report)
    {
        using var folder = new TempFolder();
        var plugin = new RecordingMessaging(folder.FullPath);
        plugin.Install();
        await using var gateway = await GatewayProcess.StartAsync(folder.FullPath, new Dictionary<string, string?>
        {
            ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000",
            ["FAXBOT_LIMITS_ANONYMOUS_REQUESTS_PER_MINUTE"] = "1000000",
            ["FAXBOT_LOG_LEVEL"] = "warning",
        });
        using var client = gateway.Client();
        using var provider = new HttpClient { BaseAddress = gateway.Address };
        await GatewayProcess.ConfigureAsync(client, RecordingMessaging.PluginId, new { enabled = true, settings = new { } });
        await RunAsync(client, provider, plugin, WarmUp);
        var (before, start) = (ProcessorSeconds(gateway), Stopwatch.GetTimestamp());
        var sent = await RunAsync(client, provider, plugin, Messages);
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var delivered = await DeliveredAsync(client);
        report.Note($"{Messages} messages, {AtOnce} requests at once: {took:0.0} s from the first request to the last delivery, " +
            $"{(ProcessorSeconds(gateway) - before) / Messages * 1000:0.00} ms of processor time of gateway and plugin for each");
        report.AtLeast("messages delivered a second", Messages / took, GoalPerSecond, 1, "messages/s");
        report.AtLeast("messages that count as delivered", delivered, WarmUp + Messages, 1, "messages");
        report.AtMost("attempts for each message that was sent", sent.Count / (double)sent.Distinct().Count(), 1, 1, "attempts");
    }

    private static async Task<IReadOnlyCollection<string>> RunAsync(HttpClient client, HttpClient provider, RecordingMessaging plugin, int messages)
    {
        using var end = new CancellationTokenSource(Limit);
        var accepting = Parallel.ForEachAsync(
            Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = end.Token }, async (number, cancel) =>
            {
                using var response = await client.PostAsJsonAsync("/messages", new { to = $"+1555{number:0000000}", from = "+15550100100", text = $"Your results are ready, number {number}." }, cancel);
                response.EnsureSuccessStatusCode();
            });
        var sent = new ConcurrentQueue<string>();
        while (sent.Count < messages)
        {
            var told = plugin.ReadNew();
            await Parallel.ForEachAsync(told, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = end.Token }, async (one, _) => await RecordingMessaging.ReportAsync(provider, one.AttemptId));
            foreach (var (messageId, _) in told) sent.Enqueue(messageId);
            if (told.Count == 0) await Task.Delay(Pause, end.Token);
        }

        await accepting;
        return sent;
    }

    private static async Task<int> DeliveredAsync(HttpClient client)
    {
        const int PageSize = 500;
        var (total, before) = (0, "");
        while (true)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/messages?state=delivered&limit={PageSize}{before}");
            JsonElement[] messages = [.. page.GetProperty("messages").EnumerateArray()];
            total += messages.Length;
            if (messages.Length < PageSize) return total;
            before = "&before=" + messages[^1].GetProperty("id").GetString();
        }
    }

    private static double ProcessorSeconds(GatewayProcess gateway) =>
        ProcessUsage.ProcessorSeconds(gateway.Id) + ProcessUsage.Children(gateway.Id).Sum(child => ProcessUsage.ProcessorSeconds(child) + ProcessUsage.ProcessorSeconds(ProcessUsage.Innermost(child)));
}
