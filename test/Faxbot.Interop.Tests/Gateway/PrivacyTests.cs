using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway that logs all it can is used in every way, well and badly, and its log tells nothing of who, what and with which secret.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Numbers = "5550137", BadNumber = "99955501379999", Name = "Quarzstein", Disease = "Quarzfieber", Reference = "Akte-Quarz", Host = "quarz-hook.invalid",
        Path = "quarzpfad", Password = "quarzwort", Forged = "cXVhcnotdG9rZW4";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Nothing_of_people_contents_and_secrets_is_logged(string format)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        var storageKey = Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray());
        await using var gateway = await GatewayProcess.StartAsync(_folder.FullPath, new Dictionary<string, string?>
        {
            ["FAXBOT_LOG_LEVEL"] = "debug", ["FAXBOT_LOG_FORMAT"] = format, ["FAXBOT_STORAGE_KEY"] = storageKey, ["FAXBOT_SIP_BIND"] = "127.0.0.1:0",
        }, TestContext.Current.CancellationToken);
        using var client = gateway.Client();

        var faxes = await SendAllAsync(client);
        var secrets = await ManageAsync(client);
        await MisuseAsync(gateway, client);
        foreach (var fax in faxes) await GatewayProcess.WaitAsync(client, fax, value => value.TryGetProperty("outcome", out _), Patience);
        await CheckInboxAsync(client);
        await gateway.StopAsync();

        var log = Logged(gateway.Log);
        Assert.All(faxes, fax => Assert.Contains(fax, log, StringComparison.Ordinal));
        string[] unsaid = [Numbers, BadNumber, Name, Disease, Reference, Host, Path, Password, Forged, storageKey, Secret(gateway.FirstKey!), .. secrets];
        Assert.All(unsaid, word => Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase));
    }

    // Every rehearsed ending and one that receives; the one that lets the trunk pause comes last.
    private async Task<List<string>> SendAllAsync(HttpClient client)
    {
        var letter = _folder.Of($"{Name}.txt");
        await File.WriteAllTextAsync(letter, $"{Disease}\f{Disease}\f", Cancel);
        var fields = new Dictionary<string, string>
        {
            ["header"] = $"Praxis {Name}", ["from"] = $"+1{Numbers}400", ["client_reference"] = Reference, ["webhook_url"] = $"https://{Host}/{Path}",
        };
        List<string> faxes = [];
        foreach (var ending in new[] { "00", "90", "91", "92", "93", "94", "95", "96", "98", "97" })
            faxes.Add(Id(await GatewayProcess.SendAsync(client, $"+1{Numbers}3{ending}", letter, fields)));
        var broken = _folder.Of($"{Name}.pdf");
        await File.WriteAllTextAsync(broken, $"%PDF-1.4\n{Disease}\n", Cancel);
        faxes.Add(Id(await GatewayProcess.SendAsync(client, $"+1{Numbers}301", broken, fields)));
        return faxes;
    }

    private static async Task<string[]> ManageAsync(HttpClient client)
    {
        var key = await PostAsync(client, "/admin/api-keys", new { name = Name, owner = Name, note = Reference, scopes = new[] { "fax:send" } });
        var rotated = await PostAsync(client, $"/admin/api-keys/{key.GetProperty("key_id").GetString()}/rotate", new { });
        var webhook = await PostAsync(client, "/webhook-endpoints", new { url = $"https://{Host}/{Path}", note = Name });
        using var settings = await client.PutAsJsonAsync(
            "/plugins/faxbot-sip/config", new { enabled = true, settings = new { host = "127.0.0.1", username = Name, password = Password } }, Cancel);
        Assert.True(settings.IsSuccessStatusCode, await settings.Content.ReadAsStringAsync(Cancel));
        return [.. new[] { key.GetProperty("token"), rotated.GetProperty("token"), webhook.GetProperty("secret") }.Select(secret => Secret(secret.GetString()!))];
    }

    private static async Task MisuseAsync(GatewayProcess gateway, HttpClient client)
    {
        using var stranger = gateway.Client($"fbk_live_0123456789ab_{Forged}");
        foreach (var path in new[]
        {
            $"/fax/{Name}", $"/fax?to={BadNumber}&from={Name}", $"/inbound?to_number={BadNumber}", $"/fax/{Name}/pdf?token={Forged}", $"/inbound/{Name}/pdf?token={Forged}",
            $"/documents/{Forged}", $"/{Name}/{BadNumber}", $"/webhooks/faxbot-sandbox/{Path}?number={BadNumber}", $"/plugins/{Name}", $"/admin/fax-jobs/{Name}",
        })
        {
            foreach (var who in new[] { client, stranger }) (await who.GetAsync(path, Cancel)).Dispose();
        }

        foreach (var (to, content) in new[] { (BadNumber + BadNumber, "%PDF-1.4"), ($"+1{Numbers}300", $"\u0001\u0002{Disease}") })
        {
            using var form = new MultipartFormDataContent { { new StringContent(to), "to" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", $"../{Name}.pdf" } };
            using var refused = await client.PostAsync("/fax", form, Cancel);
            Assert.False(refused.IsSuccessStatusCode);
        }

        using var half = new StringContent($"--{Name}\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n{BadNumber}", Encoding.UTF8);
        half.Headers.ContentType = new($"multipart/form-data") { Parameters = { new("boundary", Name) } };
        (await client.PostAsync("/fax", half, Cancel)).Dispose();
        using var json = new StringContent($"{{\"name\": {Name}}}", Encoding.UTF8, "application/json");
        (await client.PostAsync("/admin/api-keys", json, Cancel)).Dispose();
    }

    private static async Task CheckInboxAsync(HttpClient client)
    {
        foreach (var fax in (await client.GetFromJsonAsync<JsonElement[]>("/inbound", Cancel))!) await client.GetByteArrayAsync($"/inbound/{Id(fax)}/pdf", Cancel);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    // What stands behind fbk_live_ID_ or whsec_; it may have underscores of its own.
    private static string Secret(string shown) => shown.StartsWith("fbk_", StringComparison.Ordinal) ? shown.Split('_', 4)[3] : shown.Split('_', 2)[1];

    // What a first start shows its operator is no log.
    private static string Logged(string output) => string.Join('\n', output.Split('\n').Where(line =>
        !line.StartsWith("The first API key", StringComparison.Ordinal) && !line.StartsWith("Try: ", StringComparison.Ordinal)));

    private static string Id(JsonElement value) => value.GetProperty("id").GetString()!;
}
