using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Client;

namespace Faxbot.Cli.Gateways;

/// <summary>A plugin as the gateway's API has it.</summary>
/// <param name="client">Speaks with the gateway.</param>
/// <param name="id">The plugin's id.</param>
internal sealed class PluginResource(FaxbotClient client, string id)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(250);

    private string Path { get; } = $"/plugins/{Uri.EscapeDataString(id)}";

    /// <summary>The schema of its settings; null when it has none.</summary>
    public async Task<JsonElement?> ReadSchemaAsync(CancellationToken cancel) =>
        (await client.GetJsonAsync(Path, cancel)).TryGetProperty("manifest", out var manifest) && manifest.TryGetProperty("config_schema", out var schema) ? schema : null;

    /// <summary>Settings, revision and whether it is enabled.</summary>
    public async Task<JsonObject> ReadConfigAsync(CancellationToken cancel) => JsonObject.Create(await client.GetJsonAsync($"{Path}/config", cancel))!;

    /// <summary>Lets the plugin try the settings in force step by step, and call a number where one is given.</summary>
    public Task<JsonElement> CheckStepsAsync(string? dial, CancellationToken cancel) =>
        client.SendJsonAsync(HttpMethod.Post, $"{Path}/check", JsonSerializer.SerializeToElement(dial is null ? [] : new Dictionary<string, string> { ["dial"] = dial }), cancel);

    /// <summary>Lets the plugin try settings, or those in force; tells what is wrong.</summary>
    public async Task<bool> CheckAsync(JsonNode? settings, CancellationToken cancel)
    {
        JsonElement? body = settings is null ? null : JsonSerializer.SerializeToElement(new { settings });
        var result = await client.SendJsonAsync(HttpMethod.Post, $"{Path}/check", body, cancel);
        foreach (var problem in result.GetProperty("problems").EnumerateArray()) Console.WriteLine(problem.GetString());
        if (!result.GetProperty("ok").GetBoolean()) return false;
        Console.WriteLine("it could work");
        return true;
    }

    /// <summary>Saves a whole configuration as the next revision, and waits until what is enabled runs with it.</summary>
    public async Task<int> SaveAsync(JsonObject config, CancellationToken cancel)
    {
        var saved = await client.SendJsonAsync(HttpMethod.Put, $"{Path}/config", config.Deserialize<JsonElement>(), cancel);
        var revision = saved.GetProperty("revision").GetInt64();
        Console.WriteLine($"saved as revision {revision}");
        return saved.GetProperty("enabled").GetBoolean() ? await WaitAsync(revision, cancel) : ExitCode.Delivered;
    }

    private async Task<int> WaitAsync(long revision, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartPatience);
        using var look = new PeriodicTimer(Look);
        while (true)
        {
            var status = (await client.GetJsonAsync(Path, cancel)).GetProperty("status");
            var (state, reason) = (status.GetProperty("state").GetString(), status.GetProperty("reason").GetString());
            var runs = status.TryGetProperty("running", out var running) && running.GetProperty("settings_revision").GetInt64() == revision;
            if (runs && state == "running")
            {
                Console.WriteLine($"{id} runs");
                return ExitCode.Delivered;
            }

            if (state == "fused" || (state == "running" && reason is not ("" or null)) || !await NextAsync(look, limit.Token, cancel))
            {
                Console.WriteLine($"{id} does not run with it: {reason}");
                return ExitCode.NotDelivered;
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer look, CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            return await look.WaitForNextTickAsync(limit);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
