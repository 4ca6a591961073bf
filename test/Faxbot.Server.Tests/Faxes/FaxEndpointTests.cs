using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Faxes;

public sealed class FaxEndpointTests : EndpointTests
{
    [Fact]
    public async Task A_sent_fax_reads_as_clients_of_old_expect()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);

        using var answer = await client.Http.PostAsync("/fax", GatewayClient.Form("+15551234567"), Cancel);
        var sent = await JsonAsync(answer);
        var read = await client.Http.GetFromJsonAsync<JsonElement>(answer.Headers.Location, Cancel);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"/fax/{sent.GetProperty("id").GetString()}", answer.Headers.Location!.OriginalString);
        foreach (var fax in new[] { sent, read })
        {
            foreach (var field in new[] { "id", "to", "status", "error", "pages", "backend", "provider_sid", "created_at", "updated_at" }) Assert.True(fax.TryGetProperty(field, out _), field);
            Assert.Equal(("+15551234567", "queued", "queued"), (fax.GetProperty("to").GetString(), fax.GetProperty("status").GetString(), fax.GetProperty("state").GetString()));
            Assert.Equal(JsonValueKind.Null, fax.GetProperty("error").ValueKind);
            Assert.Equal(Gateway.Time.GetUtcNow(), fax.GetProperty("created_at").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task Each_wish_reaches_the_job()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        Gateway.Backends.Enable("faxbot-sip");

        var fax = await SendAsync(client, "+15551234567", ("from", "+1 (555) 765-4321"), ("quality", "superfine"), ("ecm", "false"), ("max_rate", "9600"), ("header", "Ward 7"),
            ("subaddress", "12#"), ("plugin", "faxbot-sip"), ("priority", "5"), ("send_at", "2026-03-02T10:00:00Z"), ("resume", "true"),
            ("webhook_url", "https://example.com/faxes"), ("client_reference", "A-17"));

        var job = (await Gateway.Get<IJobBook>().FindAsync(fax, client.KeyId, Cancel))!;
        Assert.Equal(
            new JobOptions
            {
                Quality = Faxbot.Sdk.Faxes.PageQuality.Superfine, Ecm = false, MaxBitRate = 9600, Header = "Ward 7", Subaddress = "12#", PluginId = "faxbot-sip", Resume = true,
                WebhookUrl = "https://example.com/faxes", ClientReference = "A-17",
            },
            job.Options);
        Assert.Equal((new PhoneNumber("+15557654321"), 5, Gateway.Time.GetUtcNow().AddHours(1)), (job.From, job.Priority, job.DueAt));
    }

    [Fact]
    public async Task All_fields_that_are_wrong_are_named_at_once()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend);

        using var answer = await client.Http.PostAsync("/fax", GatewayClient.Form("call me", ("quality", "best"), ("ecm", "perhaps"), ("max_rate", "9"), ("priority", "100"),
            ("send_at", "soon"), ("plugin", "nobody"), ("webhook_url", "http://10.0.0.1/"), ("subaddress", "a"), ("header", "a\nb")), Cancel);
        var problem = await JsonAsync(answer);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("/problems/invalid", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(
            ["ecm", "header", "max_rate", "plugin", "priority", "quality", "send_at", "subaddress", "to", "webhook_url"],
            problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_fax_however_often_and_at_once_it_comes()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        async Task<(HttpStatusCode Status, string? Id)> SendOnceAsync(string to)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/fax") { Content = GatewayClient.Form(to) };
            request.Headers.Add("Idempotency-Key", "once");
            using var answer = await client.Http.SendAsync(request, Cancel);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? (await JsonAsync(answer)).GetProperty("id").GetString() : (await JsonAsync(answer)).GetProperty("type").GetString());
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendOnceAsync("+15551234567")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Single(answers.Select(answer => answer.Id).Distinct());
        Assert.Equal((HttpStatusCode.Conflict, "/problems/idempotency-conflict"), await SendOnceAsync("+15557654321"));
        Assert.Equal(1, (await client.Http.GetFromJsonAsync<JsonElement>("/fax", Cancel)).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Lists_are_searched_by_state_number_and_time()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        var first = await SendAsync(client, "+15551234567");
        Gateway.Time.Advance(TimeSpan.FromHours(1));
        var second = await SendAsync(client, "+15557654321");
        await client.Http.PostAsync($"/fax/{second}/cancel", null, Cancel);

        Assert.Equal([second, first], await ListAsync(client, ""));
        Assert.Equal([first], await ListAsync(client, "?status=queued"));
        Assert.Equal([second], await ListAsync(client, "?status=FAILED"));
        Assert.Equal([second], await ListAsync(client, "?state=cancelled"));
        Assert.Equal([first], await ListAsync(client, "?to=4567"));
        Assert.Equal([second], await ListAsync(client, "?from=2026-03-02T09:30:00Z"));
        Assert.Equal([first], await ListAsync(client, "?until=2026-03-02T09:30:00Z"));
        Assert.Equal([first], await ListAsync(client, "?limit=1&offset=1"));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Http.GetAsync("/fax?state=lost&limit=0", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_key_sees_its_own_faxes_only_unless_its_scope_says_more()
    {
        using var owner = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        using var other = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        using var auditor = await Gateway.ClientAsync(Scopes.FaxRead, Scopes.FaxReadAll);
        var fax = await SendAsync(owner, "+15551234567");

        foreach (var path in new[] { $"/fax/{fax}", $"/fax/{fax}/attempts", $"/fax/{fax}/events" }) Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync(path, Cancel)).StatusCode);
        foreach (var act in new[] { "cancel", "resend", "resolve" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.Http.PostAsJsonAsync($"/fax/{fax}/{act}", new { arrived = true }, Cancel)).StatusCode);
        Assert.Empty(await ListAsync(other, ""));
        Assert.Equal([fax], await ListAsync(auditor, ""));
        Assert.Equal(HttpStatusCode.OK, (await auditor.Http.GetAsync($"/fax/{fax}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_cancelled_fax_is_failed_for_clients_of_old_and_can_be_sent_again()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead, Scopes.KeysManage);
        var fax = await SendAsync(client, "+15551234567", ("client_reference", "A-17"));
        Assert.Equal(HttpStatusCode.Conflict, (await client.Http.PostAsync($"/fax/{fax}/resend", null, Cancel)).StatusCode);

        var cancelled = await JsonAsync(await client.Http.PostAsync($"/fax/{fax}/cancel", null, Cancel));
        using var again = await client.Http.PostAsync($"/fax/{fax}/resend", null, Cancel);
        var resent = await JsonAsync(again);

        Assert.Equal(("FAILED", "cancelled"), (cancelled.GetProperty("status").GetString(), cancelled.GetProperty("state").GetString()));
        Assert.NotEmpty(cancelled.GetProperty("error").GetString()!);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal((fax, "A-17"), (resent.GetProperty("resend_of").GetString(), resent.GetProperty("client_reference").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await client.Http.PostAsJsonAsync($"/fax/{fax}/resolve", new { arrived = true }, Cancel)).StatusCode);
        Assert.Equal([AuditAction.FaxResent, AuditAction.FaxCancelled], (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = fax }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task The_document_opens_by_its_token_alone_and_for_its_time_only()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxSend, Scopes.FaxRead);
        using var anonymous = Gateway.Anonymous();
        var fax = await SendAsync(client, "+15551234567");
        var other = await SendAsync(client, "+15551234567");
        var url = (await client.Http.GetFromJsonAsync<JsonElement>($"/fax/{fax}", Cancel)).GetProperty("document_url").GetString()!;

        using var pdf = await anonymous.GetAsync(url, Cancel);

        Assert.Equal((HttpStatusCode.OK, "application/pdf", true), (pdf.StatusCode, pdf.Content.Headers.ContentType!.MediaType, pdf.Headers.CacheControl!.NoStore));
        Assert.StartsWith("%PDF-", await pdf.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        foreach (var wrong in new[] { $"/fax/{fax}/pdf", $"/fax/{fax}/pdf?token=x", url.Replace(fax, other, StringComparison.Ordinal), url[..^2] + "AA", url.Replace($"/fax/{fax}", $"/inbound/{fax}", StringComparison.Ordinal) })
            Assert.Equal(HttpStatusCode.Forbidden, (await anonymous.GetAsync(wrong, Cancel)).StatusCode);
        Gateway.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Forbidden, (await anonymous.GetAsync(url, Cancel)).StatusCode);
        Assert.Equal(AuditEntry.DocumentToken, Assert.Single(await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Action = AuditAction.DocumentRead }, Cancel)).Actor);
    }

    private static async Task<string> SendAsync(GatewayClient client, string to, params (string, string)[] fields)
    {
        using var answer = await client.Http.PostAsync("/fax", GatewayClient.Form(to, fields), Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return (await JsonAsync(answer)).GetProperty("id").GetString()!;
    }

    private static async Task<string[]> ListAsync(GatewayClient client, string query) =>
        [.. (await client.Http.GetFromJsonAsync<JsonElement>("/fax" + query, Cancel)).GetProperty("faxes").EnumerateArray().Select(fax => fax.GetProperty("id").GetString()!)];

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
}
