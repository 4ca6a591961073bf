using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Plugins;

namespace Faxbot.CrashSoak;

/// <summary>
/// One gateway that is killed (SIGKILL, to it alone) again and again while it takes messages, hands them to a plugin and hears of their delivery, and goes on with the
/// same data folder. A message whose acceptance was cut off is given to it again, under the same idempotency key, as a client would.
/// </summary>
internal sealed class MessagesRun(CrashOptions options, TextWriter output)
{
    private const int PerLife = 400, AtOnce = 16, Report = 10;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly Random _random = new(options.Seed);
    private readonly ConcurrentDictionary<string, string?> _accepted = [];
    private readonly ConcurrentQueue<(string MessageId, string AttemptId)> _sent = [];
    private string? _key;

    public async Task<MessagesReport> RunAsync()
    {
        using var folder = new TempFolder();
        var plugin = new RecordingMessaging(folder.FullPath);
        plugin.Install();
        await using (var first = await StartAsync(folder.FullPath))
        {
            _key = first.FirstKey;
            using var client = first.Client(_key);
            await GatewayProcess.ConfigureAsync(client, RecordingMessaging.PluginId, new { enabled = true, settings = new { } });
        }

        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await LiveAsync(folder.FullPath, plugin);
            if (kill % Report == 0) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {kill} of {options.Kills} kills, {_accepted.Count} messages"));
        }

        await using var last = await StartAsync(folder.FullPath);
        using var end = last.Client(_key);
        await Task.WhenAll(_accepted.Where(one => one.Value is null).Select(one => SendAsync(end, one.Key, CancellationToken.None)));
        return await JudgeAsync(last, end, plugin);
    }

    private static Task<GatewayProcess> StartAsync(string data) => GatewayProcess.StartAsync(data, new Dictionary<string, string?>
    {
        ["FAXBOT_SIP_BIND"] = "127.0.0.1:0",
        ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000",
        ["FAXBOT_LIMITS_ANONYMOUS_REQUESTS_PER_MINUTE"] = "1000000",
        ["FAXBOT_LOG_LEVEL"] = "warning",
    });

    private async Task LiveAsync(string data, RecordingMessaging plugin)
    {
        await using var gateway = await StartAsync(data);
        using var client = gateway.Client(_key);
        using var provider = new HttpClient { BaseAddress = gateway.Address };
        using var killed = new CancellationTokenSource();
        var before = _accepted.Count;
        foreach (var number in Enumerable.Range(before, PerLife)) _accepted[string.Create(CultureInfo.InvariantCulture, $"+1555{number:0000000}")] = null;
        var sending = UntilKilledAsync(() => Parallel.ForEachAsync(
            _accepted.Where(one => one.Value is null).Select(one => one.Key).ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = killed.Token },
            async (number, cancel) => await SendAsync(client, number, cancel)));
        var reporting = UntilKilledAsync(() => ReportAsync(plugin, provider, killed.Token));
        await Task.Delay(LongestLife * _random.NextDouble(), TimeProvider.System);
        await gateway.KillAsync();
        await killed.CancelAsync();
        await Task.WhenAll(sending, reporting);
    }

    private static async Task UntilKilledAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            // The gateway died: the next one is asked again.
        }
    }

    private async Task SendAsync(HttpClient client, string number, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/messages") { Content = JsonContent.Create(new { to = number, text = "Your results are ready." }) };
        request.Headers.Add("Idempotency-Key", number);
        using var response = await client.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
        _accepted[number] = (await response.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("id").GetString();
    }

    // Half of them are told of at once; the others, and those whose report died with the gateway, are told of at the end, as providers try again.
    private async Task ReportAsync(RecordingMessaging plugin, HttpClient provider, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var sent = plugin.ReadNew();
            foreach (var one in sent) _sent.Enqueue(one);
            await Parallel.ForEachAsync(sent.Where(one => one.AttemptId[^1] % 2 == 0), cancel, async (one, _) => await RecordingMessaging.ReportAsync(provider, one.AttemptId));
            if (sent.Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
        }
    }

    private async Task<MessagesReport> JudgeAsync(GatewayProcess gateway, HttpClient client, RecordingMessaging plugin)
    {
        using var provider = new HttpClient { BaseAddress = gateway.Address };
        using var limit = new CancellationTokenSource(Patience);
        await Parallel.ForEachAsync(_sent, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await RecordingMessaging.ReportAsync(provider, one.AttemptId));
        var states = await StatesAsync(client);
        while (states.Values.Any(state => state is "queued" or "submitting" or "accepted") && !limit.IsCancellationRequested)
        {
            var sent = plugin.ReadNew();
            foreach (var (messageId, attemptId) in sent)
            {
                _sent.Enqueue((messageId, attemptId));
                await RecordingMessaging.ReportAsync(provider, attemptId);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            states = await StatesAsync(client);
        }

        var counts = _sent.CountBy(one => one.MessageId).ToDictionary();
        List<string> findings =
        [
            .. _accepted.Where(one => !states.ContainsKey(one.Value!)).Select(one => $"{one.Key} ({one.Value}): it was accepted and is lost"),
            .. counts.Where(one => one.Value > 1).Select(one => $"{one.Key}: it was sent {one.Value} times"),
            .. states.Where(one => one.Value != "delivered").Select(one => $"{one.Key}: it is {one.Value}, and was sent {counts.GetValueOrDefault(one.Key)} times"),
            .. states.Where(one => one.Value == "delivered" && !counts.ContainsKey(one.Key)).Select(one => $"{one.Key}: it counts as delivered and was not sent"),
        ];
        if (states.Count != _accepted.Count) findings.Add($"{_accepted.Count} messages were given, and the gateway has {states.Count}");
        return new MessagesReport(options.Kills, _accepted.Count, states.Values.Count(state => state == "delivered"), findings);
    }

    private static async Task<Dictionary<string, string>> StatesAsync(HttpClient client)
    {
        const int PageSize = 500;
        Dictionary<string, string> states = [];
        for (var before = ""; ;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/messages?limit={PageSize}{before}");
            JsonElement[] messages = [.. page.GetProperty("messages").EnumerateArray()];
            foreach (var message in messages) states[message.GetProperty("id").GetString()!] = message.GetProperty("state").GetString()!;
            if (messages.Length < PageSize) return states;
            before = "&before=" + messages[^1].GetProperty("id").GetString();
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Kills">How often the gateway was killed.</param>
/// <param name="Messages">Messages that it took.</param>
/// <param name="Delivered">Those that it says were delivered.</param>
/// <param name="Findings">Each way in which the gateway broke its word, as a sentence.</param>
internal sealed record MessagesReport(int Kills, int Messages, int Delivered, IReadOnlyList<string> Findings)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{string.Concat(Findings.Select(finding => finding + "\n"))}{Kills} kills, {Messages} messages: {Delivered} delivered, {Findings.Count} findings");
}
