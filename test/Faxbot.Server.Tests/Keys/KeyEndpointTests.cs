using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Keys;

public sealed class KeyEndpointTests() : EndpointTests(Scopes.KeysManage)
{
    [Fact]
    public async Task A_new_key_works_and_its_token_is_shown_once()
    {
        var made = await MakeAsync(new { name = "ward", owner = "it", scopes = new[] { "fax:read" }, note = "n" });

        Assert.Equal(HttpStatusCode.OK, await UseAsync(made.Token));
        var listed = await Client.Http.GetStringAsync("/admin/api-keys", Cancel);
        Assert.Contains(made.KeyId, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Token.Split('_')[^1], listed, StringComparison.Ordinal);
        Assert.DoesNotContain("digest", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_has_a_new_secret_and_a_revoked_one_none()
    {
        var made = await MakeAsync(new { name = "a", scopes = new[] { "fax:read" } });

        var renewed = await ReadAsync(await Client.Http.PostAsJsonAsync($"/admin/api-keys/{made.KeyId}/rotate", new { grace_seconds = 60 }, Cancel));
        Assert.Equal(made.KeyId, renewed.KeyId);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await UseAsync(made.Token), await UseAsync(renewed.Token)));
        Gateway.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await UseAsync(made.Token), await UseAsync(renewed.Token)));
        var again = await ReadAsync(await Client.Http.PostAsync($"/admin/api-keys/{made.KeyId}/rotate", null, Cancel));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await UseAsync(renewed.Token), await UseAsync(again.Token)));

        Assert.Equal(HttpStatusCode.OK, (await Client.Http.DeleteAsync($"/admin/api-keys/{made.KeyId}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(again.Token));
        Assert.Equal(
            [AuditAction.KeyRevoked, AuditAction.KeyRotated, AuditAction.KeyRotated, AuditAction.KeyCreated],
            (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = made.KeyId }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Wrong_requests_say_what_is_wrong()
    {
        using var answer = await Client.Http.PostAsJsonAsync(
            "/admin/api-keys", new { name = new string('x', 300), scopes = new[] { "fax:everything" }, expires_at = "2020-01-01T00:00:00Z" }, Cancel);
        using var unreadable = await Client.Http.PostAsync("/admin/api-keys", new StringContent("""{"name": 5}""", System.Text.Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (answer.StatusCode, unreadable.StatusCode));
        var errors = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("errors");
        Assert.Equal(["expires_at", "name", "scopes"], errors.EnumerateObject().Select(field => field.Name).Order());
        Assert.DoesNotContain("Faxbot.", await unreadable.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Http.DeleteAsync("/admin/api-keys/000000000000", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Http.PostAsync("/admin/api-keys/000000000000/rotate", null, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("2030-03-02T09:00:00Z", "2030-03-02T09:00:00+00:00")]
    [InlineData("2030-03-02T09:00:00.25+02:00", "2030-03-02T07:00:00.25+00:00")]
    [InlineData("2030-03-02t09:00:00z", "2030-03-02T09:00:00+00:00")]
    public async Task An_expiry_is_taken_and_given_with_its_offset(string said, string given)
    {
        using var answer = await Client.Http.PostAsJsonAsync("/admin/api-keys", new { expires_at = said }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var made = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var listed = JsonElement.Parse(await Client.Http.GetStringAsync("/admin/api-keys", Cancel)).EnumerateArray()
            .Single(key => key.GetProperty("key_id").GetString() == made.GetProperty("key_id").GetString());
        Assert.Equal((given, given), (made.GetProperty("expires_at").GetString(), listed.GetProperty("expires_at").GetString()));
    }

    [Theory]
    [InlineData("2030-03-02T09:00:00")]
    [InlineData("2030-03-02")]
    [InlineData("2030-03-02 09:00:00+00:00")]
    [InlineData("tomorrow")]
    public async Task An_expiry_without_an_offset_is_refused(string said)
    {
        using var answer = await Client.Http.PostAsJsonAsync("/admin/api-keys", new { expires_at = said }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("errors");
        Assert.Contains("RFC 3339", errors.GetProperty("expires_at")[0].GetString(), StringComparison.Ordinal);
    }

    private async Task<(string KeyId, string Token)> MakeAsync(object request) => await ReadAsync(await Client.Http.PostAsJsonAsync("/admin/api-keys", request, Cancel));

    private static async Task<(string KeyId, string Token)> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var key = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return (key.GetProperty("key_id").GetString()!, key.GetProperty("token").GetString()!);
    }

    private async Task<HttpStatusCode> UseAsync(string token)
    {
        using var client = Gateway.Anonymous();
        client.DefaultRequestHeaders.Add("X-API-Key", token);
        return (await client.GetAsync("/fax", Cancel)).StatusCode;
    }
}
