using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>
/// Each provider's package, installed from the feed that a build leaves, sends through an Asterisk that stands for the provider: it challenges every call
/// with a digest, takes registrations, and is called with the provider's own domain and form of numbers.
/// </summary>
public sealed class PackagesThroughAsteriskTests : IAsyncLifetime
{
    private const string Account = AsteriskLab.Account, Secret = AsteriskLab.Secret;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly Carrier[] Carriers =
    [
        new("Faxbot.Sip.Bandwidth", "faxbot-sip-bandwidth", "sip:+15550142101@acme.auth.bandwidth.com",
            $$"""{ "realm": "acme.auth.bandwidth.com", "username": "{{Account}}", "password": "{{Secret}}" }"""),
        new("Faxbot.Sip.Flowroute", "faxbot-sip-flowroute", "sip:12345678*15550142102@sip.flowroute.com",
            $$"""{ "tech_prefix": "12345678", "username": "{{Account}}", "password": "{{Secret}}", "register": true }"""),
        new("Faxbot.Twilio.Fax", "faxbot-twilio-fax", "sip:+15550142103@acme.pstn.twilio.com",
            $$"""{ "trunk_name": "acme", "username": "{{Account}}", "password": "{{Secret}}" }"""),
        new("Faxbot.Sip.Voxbone", "faxbot-sip-voxbone", "sip:15550142104@voice.example.net",
            $$"""{ "host": "voice.example.net", "number_style": "e164", "username": "{{Account}}", "password": "{{Secret}}" }"""),
        new("Faxbot.Sip.Telnyx", "faxbot-sip-telnyx", "sip:+15550142105@sip-eu.telnyx.com",
            $$"""{ "server": "sip-eu.telnyx.com", "username": "{{Account}}", "password": "{{Secret}}", "register": true }"""),
        // Built in: nothing to install.
        new(null, "faxbot-sip", "sip:+15550142106@trunk.example.org",
            $$"""{ "host": "trunk.example.org", "username": "{{Account}}", "password": "{{Secret}}", "register": true }"""),
    ];

    private readonly TempFolder _folder = new();
    private AsteriskLab _lab = null!;
    private GatewayProcess _gateway = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await AsteriskLab.StartAsync(new AsteriskLabOptions { RequireAuthentication = true });
        _gateway = await GatewayProcess.StartAsync(
            _folder.FullPath,
            new Dictionary<string, string?>
            {
                ["FAXBOT_PLUGINS_SOURCES"] = RepositoryRoot.Of("artifacts", "plugins"), ["FAXBOT_SIP_BIND"] = "127.0.0.1:0", ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000",
            });
        _client = _gateway.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    // All at once: Asterisk takes its time, but little of it is work.
    [Theory]
    [InlineData("us")]
    [InlineData("far_end")]
    public async Task Each_is_installed_configured_and_checked_and_its_fax_arrives(string t38Switch)
    {
        await using var ami = await _lab.ConnectAmiAsync();
        await Task.WhenAll(Carriers.Select(carrier => ConnectAsync(carrier, t38Switch)));

        await Task.WhenAll(Carriers.Select(carrier => FaxAsync(carrier, ami, t38Switch == "us")));
    }

    private async Task ConnectAsync(Carrier carrier, string t38Switch)
    {
        if (carrier.Package is { } package)
        {
            using var installed = await _client.PostAsJsonAsync("/plugins", new { id = package }, Cancel);
            Assert.True(installed.IsSuccessStatusCode, $"{carrier.Plugin}: {await installed.Content.ReadAsStringAsync(Cancel)}");
        }

        var settings = carrier.Settings(_lab.SipPort, t38Switch);
        using var check = await _client.PostAsJsonAsync($"/plugins/{carrier.Plugin}/check", new { settings }, Cancel);
        var answer = await check.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{carrier.Plugin}: {answer}");

        await GatewayProcess.ConfigureAsync(_client, carrier.Plugin, new { enabled = true, settings });
        // Where the profile registers, it is healthy once it is registered.
        await GatewayProcess.PluginAsync(_client, carrier.Plugin, status => status.GetProperty("is_healthy").GetBoolean());
    }

    private async Task FaxAsync(Carrier carrier, AsteriskAmi ami, bool askedByUs)
    {
        var sent = await GatewayProcess.SendAsync(
            _client, carrier.To, AsteriskLab.Sample("one-standard-g4.tif"), new Dictionary<string, string> { ["plugin"] = carrier.Plugin });
        var id = sent.GetProperty("id").GetString()!;
        var fax = await GatewayProcess.WaitAsync(_client, id, value => value.TryGetProperty("outcome", out _), Limit);
        Assert.True(fax.GetProperty("status").GetString() == "SUCCESS", $"{carrier}\n{fax}");
        var received = await ami.WaitAsync(m => m["UserEvent"] == "LabFaxReceived" && m["RequestUri"] == carrier.RequestUri, TimeSpan.FromSeconds(30));

        var all = $"{carrier}\n{fax}\n{received}";
        var outcome = fax.GetProperty("outcome");
        Assert.True((fax.GetProperty("backend").GetString(), fax.GetProperty("dials").GetInt32()) == (carrier.Plugin, 1), all);
        Assert.True((outcome.GetProperty("pages_confirmed").GetInt32(), outcome.GetProperty("pages_total").GetInt32()) == (1, 1), all);
        Assert.True(outcome.GetProperty("medium").GetString() == "t38", all);
        Assert.True(await IsSwitchedByUsAsync(id) == askedByUs, all);
        Assert.True((received["Status"], received["Mode"], received["Pages"]) == ("SUCCESS", "T38", "1"), all);
        Assert.True((received["From"].TrimStart('+'), File.Exists(received["File"])) == (Carrier.Caller[1..], true), all);
    }

    private async Task<bool> IsSwitchedByUsAsync(string fax)
    {
        const string Field = "data:";
        using var limit = new CancellationTokenSource(Limit);
        using var reader = new StreamReader(await _client.GetStreamAsync($"/fax/{fax}/events", limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.StartsWith(Field, StringComparison.Ordinal)) continue;
            var happened = JsonElement.Parse(line[Field.Length..]);
            if (happened.TryGetProperty("type", out var type) && type.GetString() == "fax.t38") return happened.GetProperty("data").GetProperty("by_us").GetBoolean();
        }

        throw new InvalidOperationException("The events of the fax ended without a switch to T.38.");
    }

    /// <param name="Package">What is installed; null for what is built in.</param>
    /// <param name="Plugin">The id of the plugin.</param>
    /// <param name="RequestUri">What its INVITE asks for: the provider's form of the number at the provider's domain.</param>
    /// <param name="Given">The settings as a customer of the provider would give them.</param>
    private sealed record Carrier(string? Package, string Plugin, string RequestUri, string Given)
    {
        public const string Caller = "+15550142000";

        private const int CalledLength = 11;

        private string User => RequestUri.Split(':', '@')[1];

        /// <summary>The number that is called, E.164.</summary>
        public string To => $"+{User[^CalledLength..]}";

        /// <summary>The settings, with Asterisk in the place of the provider's servers, and its realm in that of the provider's.</summary>
        public JsonObject Settings(int sipPort, string t38Switch)
        {
            var settings = JsonNode.Parse(Given)!.AsObject();
            settings["caller_number"] = Caller;
            settings["t38_switch"] = t38Switch;
            settings["trunk"] = JsonSerializer.SerializeToNode(new
            {
                domain = RequestUri.Split('@')[1],
                servers = new[] { new { host = "127.0.0.1", port = sipPort } },
                credentials = new { realm = "asterisk" },
                t38 = new { paced = false },
            });
            return settings;
        }
    }
}
