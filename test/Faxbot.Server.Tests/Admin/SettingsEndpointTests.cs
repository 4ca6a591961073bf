using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Configuration;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Faxbot.Server.Tests.Admin;

public sealed class SettingsEndpointTests : EndpointTests
{
    private const string Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=";

    private protected override Task<HttpGateway> StartAsync()
    {
        var environment = new Dictionary<string, string> { ["HOME"] = "/home/somebody", ["FAXBOT_STORAGE_KEY"] = Secret, ["FAXBOT_FAX_QUALITY"] = "standard" };
        return HttpGateway.StartAsync(change: services => services.AddSingleton(GatewayOptionsReader.Read(null, environment).Settings));
    }

    [Theory]
    [InlineData("/admin/settings")]
    [InlineData("/admin/config")]
    public async Task Each_setting_is_shown_with_its_origin_and_no_secret_is(string path)
    {
        using var client = await Gateway.ClientAsync(Scopes.KeysManage);

        var text = await client.Http.GetStringAsync(path, Cancel);

        var settings = JsonElement.Parse(text);
        Assert.Equal(("standard", "environment"), Read(settings, "fax.quality"));
        Assert.Equal(("127.0.0.1:8080", "default"), Read(settings, "listen"));
        Assert.Equal("environment", settings.GetProperty("storage.key").GetProperty("origin").GetString());
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_can_be_put_back()
    {
        using var client = await Gateway.ClientAsync(Scopes.KeysManage);
        var shown = await client.Http.GetFromJsonAsync<JsonElement>("/admin/settings", Cancel);

        using var answer = await client.Http.PutAsJsonAsync("/admin/settings", shown, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_change_is_refused_with_where_to_make_it()
    {
        using var client = await Gateway.ClientAsync(Scopes.KeysManage);

        using var changed = await client.Http.PutAsJsonAsync("/admin/settings", new Dictionary<string, string> { ["fax.quality"] = "fine" }, Cancel);
        using var unknown = await client.Http.PutAsJsonAsync("/admin/settings", new Dictionary<string, string> { ["nothing"] = "fine" }, Cancel);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (changed.StatusCode, unknown.StatusCode));
        Assert.Contains("fax.quality in the configuration file", await changed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static (string? Value, string? Origin) Read(JsonElement settings, string key) =>
        (settings.GetProperty(key).GetProperty("value").GetString(), settings.GetProperty(key).GetProperty("origin").GetString());
}
