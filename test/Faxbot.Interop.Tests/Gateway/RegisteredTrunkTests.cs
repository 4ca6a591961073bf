using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Peers;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway whose plugin has a trunk that must be registered at.</summary>
public sealed class RegisteredTrunkTests : IAsyncLifetime
{
    private const string Plugin = "faxbot-sip";
    private const string Password = "a-secret";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();
    private readonly LoopbackRegistrar _registrar = new(Password);
    private GatewayProcess? _gateway;
    private HttpClient? _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_folder.FullPath, new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" });
        _client = _gateway.Client();
        await GatewayProcess.ConfigureAsync(Client, "faxbot-sandbox", new { enabled = false });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null) await _gateway.DisposeAsync();
        await _registrar.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Registers_takes_calls_at_its_contact_and_unregisters_when_the_plugin_goes()
    {
        await ConfigureAsync(Password);
        await GatewayProcess.PluginAsync(Client, Plugin, status => status.GetProperty("is_healthy").GetBoolean());
        var contact = Assert.Single(_registrar.Bindings).Value.Uri;

        // What is merely checked shares the registration, and does not remove it.
        using var check = await Client.PostAsJsonAsync($"/plugins/{Plugin}/check", new { }, Cancel);
        Assert.True((await check.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("ok").GetBoolean());
        Assert.Single(_registrar.Bindings);

        await using var carrier = FinishedCall.OpenLine();
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));
        var call = await FinishedCall.OfAsync(
            carrier.Originate(new OutboundFax
            {
                Trunk = FinishedCall.Trunk(contact.Port!.Value, new TrunkT38 { Paced = false }), To = contact.User!, From = "5550100", Document = document,
            }),
            TimeSpan.FromMinutes(1));
        Assert.True(call.Outcome.Class == OutcomeClass.Success, $"{call}");
        Assert.Equal(Plugin, (await InboxAsync()).GetProperty("backend").GetString());

        await GatewayProcess.ConfigureAsync(Client, Plugin, new { enabled = false });
        await Eventually.HoldsAsync(() => _registrar.Bindings.Count == 0, Limit);
    }

    [Fact]
    public async Task A_wrong_password_is_said_in_a_sentence()
    {
        await ConfigureAsync("wrong");

        var status = await GatewayProcess.PluginAsync(Client, Plugin, status => status.GetProperty("reason").GetString() is { Length: > 0 });

        Assert.False(status.GetProperty("is_healthy").GetBoolean());
        Assert.Equal(
            "The trunk is not registered: 127.0.0.1 forbids it (403 Wrong password). Check user and password, and whether the account may register from this machine's address.",
            status.GetProperty("reason").GetString());
    }

    private Task ConfigureAsync(string password) => GatewayProcess.ConfigureAsync(Client, Plugin, new
    {
        enabled = true,
        settings = new
        {
            host = "127.0.0.1",
            port = _registrar.EndPoint.Port,
            username = "line1",
            password,
            trunk = new { registration = new { contact_user = "fax1" }, t38 = new { inbound_switch = "us", paced = false } },
        },
    });

    private async Task<JsonElement> InboxAsync()
    {
        var faxes = await Eventually.SeesAsync(async () => (await Client.GetFromJsonAsync<JsonElement[]>("/inbound", Cancel))!, faxes => faxes.Length > 0, Limit);
        return faxes[0];
    }
}
