using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Content;

public sealed class KeyRingEndpointTests() : EndpointTests(Scopes.KeysManage)
{
    [Fact]
    public async Task A_key_is_added_that_seals_from_then_on_and_it_is_recorded()
    {
        var before = Gateway.Get<KeyRing>().Newest.Name;

        using var answer = await Client.Http.PostAsync("/admin/key-ring/rotate", null, Cancel);

        var key = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(["created_at", "id"], key.EnumerateObject().Select(field => field.Name).Order());
        Assert.NotEqual(before, key.GetProperty("id").GetString());
        Assert.Equal(Gateway.Get<KeyRing>().Newest.Name, key.GetProperty("id").GetString());
        Assert.Equal(key.GetProperty("id").GetString(), Assert.Single(await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Action = AuditAction.KeyRingRotated }, Cancel)).Subject);
    }

    [Fact]
    public async Task While_another_process_changes_the_ring_the_caller_is_told_why_not()
    {
        Gateway.Get<KeyRing>();
        await using var other = new FileStream(Gateway.KeyRing + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        using var answer = await Client.Http.PostAsync("/admin/key-ring/rotate", null, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("keys.json", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
