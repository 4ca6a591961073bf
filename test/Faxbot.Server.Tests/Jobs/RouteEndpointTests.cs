using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Jobs;

public sealed class RouteEndpointTests() : EndpointTests(Scopes.PluginsManage)
{
    [Fact]
    public async Task A_route_is_added_changed_and_deleted_and_each_is_recorded()
    {
        using var added = await Client.Http.PostAsJsonAsync("/routes", new { prefix = "+1212", plugin_id = "faxbot-sip", rank = 1 }, Cancel);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var path = added.Headers.Location!.OriginalString;

        using var changed = await Client.Http.PutAsJsonAsync(path, new { prefix = "", plugin_id = "faxbot-sip", rank = 2, enabled = false }, Cancel);
        var read = await Client.Http.GetFromJsonAsync<JsonElement>(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(("", 2, false), (read.GetProperty("prefix").GetString(), read.GetProperty("rank").GetInt32(), read.GetProperty("enabled").GetBoolean()));
        Assert.Equal(1, (await Client.Http.GetFromJsonAsync<JsonElement>("/routes", Cancel)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Http.DeleteAsync(path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Http.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Http.DeleteAsync(path, Cancel)).StatusCode);
        Assert.Equal(
            [AuditAction.RouteDeleted, AuditAction.RouteChanged, AuditAction.RouteCreated],
            (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = path.Split('/')[^1] }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task What_is_no_route_is_refused_field_by_field()
    {
        using var answer = await Client.Http.PostAsJsonAsync("/routes", new { prefix = "1+2", cost = -1 }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("errors");
        Assert.Equal(["cost", "plugin_id", "prefix"], errors.EnumerateObject().Select(field => field.Name).Order());
    }
}
