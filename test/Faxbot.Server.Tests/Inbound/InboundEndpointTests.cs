using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Inbound;

public sealed class InboundEndpointTests : EndpointTests
{
    [Fact]
    public async Task A_fax_that_came_in_reads_as_clients_of_old_expect()
    {
        using var client = await Gateway.ClientAsync(Scopes.InboundList, Scopes.InboundRead);
        var fax = await ReceiveAsync("+15550100", mailbox: "ward");
        await ReceiveAsync("+15550101", mailbox: null);

        var listed = await client.Http.GetFromJsonAsync<JsonElement>("/inbound?to_number=%2B15550100", Cancel);
        var read = await client.Http.GetFromJsonAsync<JsonElement>($"/inbound/{fax.Id}", Cancel);

        Assert.Equal(1, listed.GetArrayLength());
        foreach (var one in new[] { listed[0], read })
        {
            Assert.Equal(
                ["backend", "created_at", "fr", "id", "mailbox", "pages", "received_at", "size_bytes", "status", "to", "updated_at"],
                one.EnumerateObject().Select(field => field.Name).Order());
            Assert.Equal(("+15557654321", "received", 2, 9), (one.GetProperty("fr").GetString(), one.GetProperty("status").GetString(), one.GetProperty("pages").GetInt32(), one.GetProperty("size_bytes").GetInt32()));
        }

        Assert.Equal(2, (await client.Http.GetFromJsonAsync<JsonElement>("/inbound", Cancel)).GetArrayLength());
        Assert.Equal(1, (await client.Http.GetFromJsonAsync<JsonElement>("/inbound?mailbox=ward", Cancel)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/inbound/nothing", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Its_pages_open_by_scope_or_by_token()
    {
        using var client = await Gateway.ClientAsync(Scopes.InboundRead);
        using var other = await Gateway.ClientAsync(Scopes.InboundList);
        using var anonymous = Gateway.Anonymous();
        var fax = await ReceiveAsync("+15550100", null);

        using var byKey = await client.Http.GetAsync($"/inbound/{fax.Id}/pdf", Cancel);
        var link = JsonElement.Parse(await (await client.Http.PostAsync($"/inbound/{fax.Id}/link", null, Cancel)).Content.ReadAsStringAsync(Cancel));
        using var byToken = await anonymous.GetAsync(link.GetProperty("url").GetString(), Cancel);

        foreach (var pdf in new[] { byKey, byToken })
            Assert.Equal((HttpStatusCode.OK, "application/pdf", true), (pdf.StatusCode, pdf.Content.Headers.ContentType!.MediaType, pdf.Headers.CacheControl!.NoStore));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Http.GetAsync($"/inbound/{fax.Id}/pdf", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anonymous.GetAsync($"/inbound/{fax.Id}/pdf", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/inbound/nothing/pdf", Cancel)).StatusCode);
        Assert.Equal([AuditEntry.DocumentToken, client.KeyId], (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = fax.Id }, Cancel)).Select(entry => entry.Actor));
    }

    [Fact]
    public async Task An_administrator_deletes_it()
    {
        using var admin = await Gateway.ClientAsync(Scopes.KeysManage);
        var fax = await ReceiveAsync("+15550100", null);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.Http.DeleteAsync($"/inbound/{fax.Id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Http.DeleteAsync($"/inbound/{fax.Id}", Cancel)).StatusCode);
    }

    private async Task<InboundFax> ReceiveAsync(string to, string? mailbox)
    {
        var stored = await Gateway.Get<ContentStore>().PutAsync(new MemoryStream("%PDF-1.4\n"u8.ToArray()), 1000, Cancel);
        return await Gateway.Get<InboxStore>().AddAsync(
            new NewInboundFax
            {
                From = new PhoneNumber("+15557654321"), To = new PhoneNumber(to), Backend = "faxbot-sip", Mailbox = mailbox, Pages = 2, Octets = stored.Octets, Document = stored.Id,
            },
            Cancel);
    }
}
