using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>The page for Prometheus: open to this machine, elsewhere for keys that may read it.</summary>
public sealed class MetricsTests(SharedGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_machine_reads_it_without_a_key()
    {
        using var anonymous = new HttpClient { BaseAddress = (await gateway.OpenAsync()).BaseAddress };

        Assert.Contains("http_server", await anonymous.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_networks_that_are_not_let_in_it_takes_a_key_with_its_scope()
    {
        using var folder = new TempFolder();
        await using var closed = await GatewayProcess.StartAsync(
            folder.FullPath, new Dictionary<string, string?> { ["FAXBOT_METRICS_OPEN_TO"] = "192.0.2.0/24", ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" }, Cancel);
        using var anonymous = new HttpClient { BaseAddress = closed.Address };
        using var admin = closed.Client();
        using var sender = closed.Client(await KeyAsync(admin, "fax:send"));
        using var monitor = closed.Client(await KeyAsync(admin, "metrics:read"));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(anonymous));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(sender));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(monitor));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin));
    }

    private static async Task<string> KeyAsync(HttpClient admin, string scope)
    {
        using var made = await admin.PostAsJsonAsync("/admin/api-keys", new { name = scope, scopes = new[] { scope } }, Cancel);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var page = await client.GetAsync("/metrics", Cancel);
        return page.StatusCode;
    }
}
