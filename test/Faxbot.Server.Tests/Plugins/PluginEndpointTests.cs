using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Api;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>Plugins over HTTP, with the plugin of test/corpus/plugins/python-fax.</summary>
public sealed class PluginEndpointTests() : EndpointTests(Scopes.KeysManage)
{
    private const string Id = "faxbot-python-sample", Secret = "k3y-of-the-provider";

    public override async ValueTask InitializeAsync()
    {
        await DebianPackages.EnsureAsync("python3");
        await base.InitializeAsync();
        await Gateway.InstallAsync(RepositoryRoot.Of("test", "corpus", "plugins", "python-fax"), Id);
    }

    [Fact]
    public async Task What_is_installed_is_listed_with_its_manifest_and_how_it_is()
    {
        foreach (var path in new[] { "/plugins", "/plugin-registry" })
        {
            var plugin = Assert.Single((await Client.Http.GetFromJsonAsync<JsonElement>(path, Cancel)).EnumerateArray());
            Assert.Equal((Id, "1.2.0", "stopped"), (plugin.GetProperty("id").GetString(), plugin.GetProperty("version").GetString(), plugin.GetProperty("status").GetProperty("state").GetString()));
            Assert.Equal("Python sample", plugin.GetProperty("manifest").GetProperty("name").GetString());
        }

        foreach (var path in new[] { "/plugins/nobody", "/plugins/nobody/config" }) Assert.Equal(HttpStatusCode.NotFound, (await Client.Http.GetAsync(path, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.Http.PostAsync($"/plugins/{Id}/restart", null, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Settings_change_by_revision_and_secrets_stay_masked()
    {
        using var saved = await ConfigureAsync(new { enabled = false, settings = new { webhook_key = Secret } });
        var read = await Client.Http.GetStringAsync($"/plugins/{Id}/config", Cancel);
        using var stale = await ConfigureAsync(new { enabled = false, revision = 0 });
        using var masked = await ConfigureAsync(new { enabled = false });
        using var invalid = await ConfigureAsync(new { enabled = true, settings = new { webhook_key = 5 } });

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.BadRequest], new[] { saved, stale, masked, invalid }.Select(answer => answer.StatusCode));
        Assert.DoesNotContain(Secret, read + await saved.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("/problems/revision-conflict", await stale.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("webhook_key", await invalid.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.All(await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = Id }, Cancel), entry => Assert.Equal((AuditAction.PluginChanged, Client.KeyId), (entry.Action, entry.Actor)));
    }

    [Fact]
    public async Task A_providers_webhook_ends_the_fax_when_its_signature_is_right()
    {
        using var enabled = await ConfigureAsync(new { enabled = true, settings = new { webhook_key = Secret } });
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        await Gateway.Get<PluginFleet>().WhenAsync(Id, status => status.State == PluginState.Running, Cancel);
        var fax = await SubmitAsync("py-1");

        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync("""{"id":"py-1"}""", "00"));
        Assert.Equal(JobState.InProgress, (await Gateway.Get<IJobBook>().FindAsync(fax, null, Cancel))!.State);
        Assert.Equal(HttpStatusCode.OK, await TellAsync("""{"id":"py-1"}""", null));

        Assert.Equal(JobState.Success, (await Gateway.Get<IJobBook>().FindAsync(fax, null, Cancel))!.State);
    }

    [Fact]
    public async Task A_webhook_for_nobody_is_not_found_and_one_for_a_plugin_that_does_not_run_comes_again_later()
    {
        using var anonymous = Gateway.Anonymous();

        foreach (var path in new[] { "/webhooks/nobody", "/phaxio-callback?job_id=1" }) Assert.Equal(HttpStatusCode.NotFound, (await anonymous.PostAsync(path, null, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, await TellAsync("{}", null));
    }

    [Fact]
    public async Task A_webhook_that_is_too_large_is_refused()
    {
        using var anonymous = Gateway.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{Id}") { Content = new ByteArrayContent(new byte[2 << 20]), Headers = { ExpectContinue = true } };

        using var answer = await anonymous.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private Task<HttpResponseMessage> ConfigureAsync(object config) => Client.Http.PutAsJsonAsync($"/plugins/{Id}/config", config, Cancel);

    private async Task<HttpStatusCode> TellAsync(string body, string? signature)
    {
        using var anonymous = Gateway.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{Id}/status?x=1") { Content = new StringContent(body) };
        request.Headers.Add("X-Signature", signature ?? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body))));
        using var answer = await anonymous.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private async Task<string> SubmitAsync(string providerId)
    {
        var fax = await Gateway.Get<IJobBook>().AcceptAsync(new NewFax { KeyId = "k", To = new PhoneNumber("+15550100"), Document = "d", MediaType = "application/pdf" }, Cancel);
        var claimed = Assert.Single(await Gateway.Get<JobQueue>().ClaimAsync("g", TimeSpan.FromMinutes(1), 1, Cancel));
        var ledger = Gateway.Get<AttemptLedger>();
        var attempt = await ledger.BeginAsync(claimed.Lease, new PluginPin(Id, "1.2.0", 1), onlyLine: false, 0, 1, Cancel);
        Assert.True(await ledger.TakeAsync(attempt!.Id, new SendResult(providerId, Id), Cancel));
        return fax.Job.Id;
    }
}
