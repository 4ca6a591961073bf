using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Gateway;

/// <summary>A gateway in a process of its own, on loopback and with a data folder of the test's, as an operator would run it. Safe for concurrent use.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private const string Listens = "listens on ";
    private const string KeyPrefix = "fbk_live_";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly RunningProcess _process;

    private GatewayProcess(RunningProcess process, Uri address, string? firstKey)
    {
        _process = process;
        Address = address;
        FirstKey = firstKey;
    }

    /// <summary>Where its API is.</summary>
    public Uri Address { get; }

    /// <summary>The key that a first start shows; null later.</summary>
    public string? FirstKey { get; }

    /// <summary>What it logged so far.</summary>
    public string Log => _process.Output + _process.Error;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="dataFolder">Where it keeps everything.</param>
    /// <param name="environment">Configuration beyond that.</param>
    /// <param name="cut">Kills it where it is, before it listens.</param>
    public static async Task<GatewayProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cut = default)
    {
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["FAXBOT_DATA_FOLDER"] = dataFolder,
            ["FAXBOT_CONFIG"] = null,
        };
        variables.TryAdd("FAXBOT_LISTEN", "127.0.0.1:0");
        var process = RunningProcess.Start("dotnet", [Assembly], new ProcessOptions { Environment = variables, WorkingFolder = dataFolder });
        try
        {
            var line = await process.WaitForLineAsync(said => said.Contains(Listens, StringComparison.Ordinal), StartLimit).WaitAsync(cut);
            var address = new Uri(line[(line.IndexOf(Listens, StringComparison.Ordinal) + Listens.Length)..].Split(' ')[0]);
            var key = process.Output.Split(' ', '\n', '"').FirstOrDefault(word => word.StartsWith(KeyPrefix, StringComparison.Ordinal));
            return new GatewayProcess(process, address, key?.Trim());
        }
        catch
        {
            if (cut.IsCancellationRequested) process.Kill();
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of its API with that key; the caller disposes it.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("X-API-Key", key ?? FirstKey);
        return client;
    }

    /// <summary>Sends a document and gives the fax as the API shows it.</summary>
    public static async Task<JsonElement> SendAsync(HttpClient client, string to, string file, IReadOnlyDictionary<string, string>? fields = null, string? idempotencyKey = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(to), "to" } };
        foreach (var (name, value) in fields ?? new Dictionary<string, string>()) form.Add(new StringContent(value), name);
        var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(content, "file", Path.GetFileName(file));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fax") { Content = form };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Changes a plugin (whether it is enabled, its settings, its limits) and waits until it is so.</summary>
    public static async Task ConfigureAsync(HttpClient client, string pluginId, object change)
    {
        using var response = await client.PutAsJsonAsync($"/plugins/{pluginId}/config", change);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        var wanted = await response.Content.ReadFromJsonAsync<JsonElement>();
        long? revision = wanted.GetProperty("enabled").GetBoolean() ? wanted.GetProperty("revision").GetInt64() : null;
        await PluginAsync(client, pluginId, status => status.TryGetProperty("running", out var running) ? running.GetProperty("settings_revision").GetInt64() == revision : revision is null);
    }

    /// <summary>Waits until the status of a plugin is as <paramref name="test"/> wants it.</summary>
    /// <exception cref="TimeoutException">It was not within a minute.</exception>
    public static Task<JsonElement> PluginAsync(HttpClient client, string pluginId, Func<JsonElement, bool> test) => Eventually.SeesAsync(
        async () => (await client.GetFromJsonAsync<JsonElement>($"/plugins/{pluginId}", CancellationToken.None)).GetProperty("status"), test, StartLimit);

    /// <summary>Waits until a fax is as <paramref name="test"/> wants it, told by the API's events.</summary>
    /// <exception cref="TimeoutException">It was not within <paramref name="limit"/>.</exception>
    public static async Task<JsonElement> WaitAsync(HttpClient client, string faxId, Func<JsonElement, bool> test, TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        JsonElement last = default;
        try
        {
            last = await client.GetFromJsonAsync<JsonElement>($"/fax/{faxId}", end.Token);
            if (test(last)) return last;
            using var stream = await client.GetStreamAsync($"/fax/{faxId}/events", end.Token);
            using var reader = new StreamReader(stream);
            do
            {
                last = await client.GetFromJsonAsync<JsonElement>($"/fax/{faxId}", end.Token);
                if (test(last)) return last;
            }
            while (await reader.ReadLineAsync(end.Token) is not null);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw new TimeoutException($"The fax did not become what was waited for within {limit.TotalSeconds:0} s: {last}");
        }

        last = await client.GetFromJsonAsync<JsonElement>($"/fax/{faxId}");
        return test(last) ? last : throw new TimeoutException($"The events of the fax ended before it was what was waited for: {last}");
    }

    /// <summary>Kills it at once (SIGKILL), and it alone: the processes of its plugins and renderers must see for themselves that it is gone.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.DisposeAsync().AsTask();
    }

    /// <summary>Asks it to end in order.</summary>
    public Task<ProcessResult> StopAsync() => _process.StopAsync(TimeSpan.FromSeconds(60));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // Beside the tests lies a copy without its plugins: the gateway is run from its own folder.
    private static string Assembly => RepositoryRoot.Of(
        "src", "Faxbot.Server", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Faxbot.Server.dll");
}
