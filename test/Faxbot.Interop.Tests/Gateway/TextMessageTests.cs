using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Interop.Tests.Messages;
using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Network;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Text messages through the gateway's API and the built-in package for any trunk, to and from a far end on loopback.</summary>
public sealed class TextMessageTests : IAsyncLifetime
{
    private const string Plugin = "faxbot-sip-message";
    private readonly TempFolder _folder = new();
    private readonly PortReservation _sip = PortReservation.Take();
    private readonly MessageLine _far = new();
    private GatewayProcess? _gateway;
    private HttpClient? _client;
    private TrunkConnection? _trunk;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_folder.FullPath, new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = $"127.0.0.1:{_sip.First}" });
        _client = _gateway.Client();
        await GatewayProcess.ConfigureAsync(Client, Plugin, new
        {
            enabled = true,
            settings = new
            {
                host = "127.0.0.1",
                port = _far.Line.LocalEndPoint.Port,
                caller_number = "+15550142",
                inbound_networks = new[] { "127.0.0.0/8" },
                trunk = new { messages = new { delivery_notices = true } },
            },
        });
        // The same trunk for faxes: messages are none of its business.
        await GatewayProcess.ConfigureAsync(Client, "faxbot-sip", new { enabled = true, settings = new { host = "127.0.0.1", inbound_networks = new[] { "127.0.0.0/8" } } });
        _trunk = _far.Line.Connect(
            new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = _sip.First }], Inbound = new TrunkInbound { Networks = ["127.0.0.0/8"] } }, "far", TrunkTraffic.Messages);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null) await _gateway.DisposeAsync();
        await _far.DisposeAsync();
        _sip.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_message_is_delivered_when_the_far_end_says_so_and_its_answer_is_kept()
    {
        using var accepted = await Client.PostAsJsonAsync("/messages", new { to = "+15550123", text = "grüße" }, Cancel);
        Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync(Cancel));
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();

        var text = await _far.NextAsync();
        Assert.Equal(("grüße", "+15550123", "+15550142"), (text.Text, text.To, text.From));
        var sent = await Eventually.SeesAsync(
            () => Client.GetFromJsonAsync<JsonElement>($"/messages/{id}", Cancel), message => message.GetProperty("state").GetString() == "delivered", TimeSpan.FromSeconds(30));
        Assert.Equal(Plugin, sent.GetProperty("backend").GetString());

        var answer = await _far.Line.SendMessageAsync(new OutboundMessage { Trunk = _trunk!.Trunk, To = "+15550142", From = "+15550123", Text = "und zurück" }, Cancel);
        Assert.Equal(MessageState.Sent, answer.State);
        var listed = await Client.GetFromJsonAsync<JsonElement>("/messages?direction=inbound", Cancel);
        var received = Assert.Single(listed.GetProperty("messages").EnumerateArray());
        Assert.Equal(
            ("und zurück", "+15550123", "+15550142", Plugin),
            (received.GetProperty("text").GetString(), received.GetProperty("from").GetString(), received.GetProperty("to").GetString(), received.GetProperty("backend").GetString()));
    }
}
