using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Interop.Tests.Gateway;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>
/// The gateway with nothing configured that tests of this assembly share, started by the first that asks, and a client with its first key; each takes
/// numbers of its own.
/// </summary>
public sealed class SharedGateway : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Letter = RepositoryRoot.Of("samples", "letter.pdf");
    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<(GatewayProcess Process, HttpClient Client)>> _gateway;

    public SharedGateway() => _gateway = new(StartAsync);

    /// <summary>A client of it.</summary>
    public async Task<HttpClient> OpenAsync() => (await _gateway.Value).Client;

    /// <summary>Sends the letter and gives the id of the fax.</summary>
    public async Task<string> SendAsync(string to, params (string Name, string Value)[] fields)
    {
        var fax = await GatewayProcess.SendAsync(await OpenAsync(), to, Letter, fields.ToDictionary(field => field.Name, field => field.Value));
        return fax.GetProperty("id").GetString()!;
    }

    /// <summary>Waits until a fax is as <paramref name="test"/> wants it.</summary>
    public async Task<JsonElement> WaitAsync(string fax, Func<JsonElement, bool> test) => await GatewayProcess.WaitAsync(await OpenAsync(), fax, test, Patience);

    /// <summary>The attempts of a fax.</summary>
    public async Task<JsonElement[]> AttemptsAsync(string fax) =>
        (await (await OpenAsync()).GetFromJsonAsync<JsonElement[]>($"/fax/{fax}/attempts", TestContext.Current.CancellationToken))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (process, client) = await _gateway.Value;
            client.Dispose();
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<(GatewayProcess Process, HttpClient Client)> StartAsync()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var process = await GatewayProcess.StartAsync(
            _folder.FullPath, new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = "127.0.0.1:0", ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000" });
        var client = process.Client();
        // Until its plugin is ready, a fax has the outcome that it waits for one.
        await GatewayProcess.PluginAsync(client, "faxbot-sandbox", status => status.GetProperty("state").GetString() == "running");
        return (process, client);
    }
}
