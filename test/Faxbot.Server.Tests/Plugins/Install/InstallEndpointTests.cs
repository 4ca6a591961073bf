using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Installing over HTTP, from a folder.</summary>
public sealed class InstallEndpointTests : IAsyncLifetime
{
    private HttpGateway _gateway = null!;
    private GatewayClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await HttpGateway.StartAsync();
        _client = await _gateway.ClientAsync(Scopes.PluginsInstall);
        foreach (var version in (string[])["1.0.0", "1.1.0"]) TestPackage.Of(version).WriteTo(_gateway.Feed);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_plugin_is_installed_upgraded_rolled_back_and_uninstalled_and_all_of_it_is_in_the_audit_log()
    {
        using var installed = await PostAsync("/plugins", new { id = TestPackage.Id, version = "1.0.0", source = _gateway.Feed });
        using var upgraded = await PostAsync($"/plugins/{TestPackage.PluginId}/upgrade", null);
        using var back = await PostAsync($"/plugins/{TestPackage.PluginId}/rollback", null);
        using var gone = await _client.Http.DeleteAsync($"/plugins/{TestPackage.PluginId}", Cancel);

        Assert.Equal((HttpStatusCode.Created, $"/plugins/{TestPackage.PluginId}"), (installed.StatusCode, installed.Headers.Location!.OriginalString));
        Assert.Equal(["1.0.0", "1.1.0", "1.0.0"], await Task.WhenAll(new[] { installed, upgraded, back }.Select(async answer =>
            (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("version").GetString())));
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.Http.GetAsync($"/plugins/{TestPackage.PluginId}", Cancel)).StatusCode);
        Assert.Equal(
            [AuditAction.PluginUninstalled, AuditAction.PluginRolledBack, AuditAction.PluginUpgraded, AuditAction.PluginInstalled],
            (await _gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = TestPackage.PluginId }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Each_refusal_is_a_problem_of_its_own_kind()
    {
        TestPackage.Of(id: "Faxbot.Typeless").OfType(null).WriteTo(_gateway.Feed);

        await ExpectAsync(HttpStatusCode.BadRequest, "/problems/invalid", "/plugins", new { id = TestPackage.Id, source = "https://elsewhere.example/index.json" });
        await ExpectAsync(HttpStatusCode.NotFound, "/problems/not-found", "/plugins", new { id = "Faxbot.Nothing" });
        await ExpectAsync(HttpStatusCode.NotFound, "/problems/not-found", "/plugins", new { id = TestPackage.Id, version = "7.0.0" });
        await ExpectAsync(HttpStatusCode.NotFound, "/problems/not-found", "/plugins", new { });
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, "/problems/package-refused", "/plugins", new { id = "Faxbot.Typeless" });
        await ExpectAsync(HttpStatusCode.NotFound, "/problems/not-found", "/plugins/nobody/upgrade", null);
        await ExpectAsync(HttpStatusCode.NotFound, "/problems/not-found", "/plugins/nobody/rollback", null);
        using var installed = await PostAsync("/plugins", new { id = TestPackage.Id });
        await ExpectAsync(HttpStatusCode.Conflict, "/problems/conflict", $"/plugins/{TestPackage.PluginId}/rollback", null);
        Directory.Delete(_gateway.Feed, recursive: true);
        await ExpectAsync(HttpStatusCode.ServiceUnavailable, "/problems/unavailable", "/plugins", new { id = "Faxbot.Other" });
    }

    [Fact]
    public async Task Sources_and_what_they_offer_are_shown()
    {
        var source = Assert.Single((await _client.Http.GetFromJsonAsync<JsonElement>("/plugin-sources", Cancel)).EnumerateArray());
        var offer = Assert.Single((await _client.Http.GetFromJsonAsync<JsonElement>("/plugin-registry?query=packed", Cancel)).EnumerateArray());

        Assert.Equal((_gateway.Feed, "folder"), (source.GetProperty("source").GetString(), source.GetProperty("kind").GetString()));
        Assert.Equal((TestPackage.Id, "1.1.0", false), (offer.GetProperty("id").GetString(), offer.GetProperty("version").GetString(), offer.GetProperty("is_installed").GetBoolean()));
    }

    [Fact]
    public async Task Reading_configuring_and_installing_are_scopes_of_their_own()
    {
        using var reader = await _gateway.ClientAsync(Scopes.PluginsRead);
        using var manager = await _gateway.ClientAsync(Scopes.PluginsManage);

        Assert.Equal(HttpStatusCode.OK, (await reader.Http.GetAsync("/plugins", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Http.PutAsJsonAsync("/plugins/x/config", new { enabled = false }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Http.PutAsJsonAsync("/plugins/x/config", new { enabled = false }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Http.PostAsJsonAsync("/plugins", new { id = TestPackage.Id }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _client.Http.PutAsJsonAsync("/plugins/x/config", new { enabled = false }, Cancel)).StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string path, object? body) =>
        body is null ? _client.Http.PostAsync(path, null, Cancel) : _client.Http.PostAsJsonAsync(path, body, Cancel);

    private async Task ExpectAsync(HttpStatusCode status, string type, string path, object? body)
    {
        using var answer = await PostAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode} {text}");
        Assert.Contains(type, text, StringComparison.Ordinal);
    }
}
