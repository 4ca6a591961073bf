using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Configuration;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Messages;
using Faxbot.Server.Tests.Api;
using Faxbot.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Faxbot.Server.Tests.Webhooks;

public sealed class WebhookDeliveryTests() : EndpointTests(Scopes.FaxSend, Scopes.FaxRead, Scopes.MessageSend)
{
    private WebhookReceiver _receiver = null!;

    private protected override Task<HttpGateway> StartAsync() => HttpGateway.StartAsync(change: services => services.AddSingleton(new WebhookOptions { AllowPrivateAddresses = true }));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_registered_endpoint_is_told_in_order_and_signed()
    {
        var (_, secret) = await RegisterAsync();
        var fax = await AcceptAsync();
        await Gateway.Get<IJobBook>().CancelAsync(fax, null, Cancel);

        var first = await _receiver.NextAsync();
        var second = await _receiver.NextAsync();

        Assert.Equal(["fax.queued", "fax.cancelled"], new[] { first, second }.Select(delivery => JsonElement.Parse(delivery.Body).GetProperty("type").GetString()));
        Assert.Equal(fax, JsonElement.Parse(first.Body).GetProperty("fax_id").GetString());
        Assert.DoesNotContain("15551234567", first.Body, StringComparison.Ordinal);
        var parts = first.Signature.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        Assert.Equal(Gateway.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), parts["t"]);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{first.Body}"))), parts["v1"]);
    }

    [Fact]
    public async Task Messages_are_told_to_their_key_and_those_that_came_in_to_all_who_may_read_them()
    {
        await RegisterAsync();
        using var reader = await Gateway.ClientAsync(Scopes.MessageSend, Scopes.MessageRead);
        using var registered = await reader.Http.PostAsJsonAsync("/webhook-endpoints", new { url = _receiver.Url }, Cancel);
        Assert.True(registered.IsSuccessStatusCode);

        using var sent = await reader.Http.PostAsJsonAsync("/messages", new { to = "+15551234567", text = "Hello", client_reference = "A-18" }, Cancel);
        var queued = JsonElement.Parse((await _receiver.NextAsync()).Body);
        await Gateway.Get<MessageInbox>().ReceiveAsync(
            "sms", new ReceivedMessage("p1", Gateway.Time.GetUtcNow(), new PhoneNumber("+15551234567"), new PhoneNumber("+15550100100"), "Hello"), Cancel);
        var received = JsonElement.Parse((await _receiver.NextAsync()).Body);

        Assert.Equal(("message.queued", "A-18"), (queued.GetProperty("type").GetString(), queued.GetProperty("client_reference").GetString()));
        Assert.Equal((await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString(), queued.GetProperty("message_id").GetString());
        Assert.Equal("message.received", received.GetProperty("type").GetString());
        Assert.False(_receiver.HasMore);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_address_that_a_fax_or_a_message_names_is_signed_with_the_secret_of_the_key(bool isMessage)
    {
        var secret = (await Client.Http.GetFromJsonAsync<JsonElement>("/webhook-endpoints/fax-secret", Cancel)).GetProperty("secret").GetString()!;
        using var answer = isMessage
            ? await Client.Http.PostAsJsonAsync("/messages", new { to = "+15551234567", text = "Hello", webhook_url = _receiver.Url, client_reference = "A-17" }, Cancel)
            : await Client.Http.PostAsync("/fax", GatewayClient.Form("+15551234567", ("webhook_url", _receiver.Url), ("client_reference", "A-17")), Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var told = await _receiver.NextAsync();

        Assert.Equal("A-17", JsonElement.Parse(told.Body).GetProperty("client_reference").GetString());
        Assert.Equal(WebhookSignature.Sign(secret, Gateway.Time.GetUtcNow(), told.Body), told.Signature);
    }

    [Fact]
    public async Task What_was_not_taken_is_told_again_and_what_is_behind_it_waits()
    {
        foreach (var status in new[] { 500, 302 }) _receiver.Answers.Enqueue(status);
        var (endpoint, _) = await RegisterAsync();
        var fax = await AcceptAsync();
        await Gateway.Get<IJobBook>().CancelAsync(fax, null, Cancel);

        Assert.Equal(500, (await _receiver.NextAsync()).Answer);
        await UntilAsync(endpoint, one => one.Failures == 1);
        Assert.False(_receiver.HasMore);
        Gateway.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(302, (await _receiver.NextAsync()).Answer);
        await UntilAsync(endpoint, one => one.Failures == 2);
        Gateway.Time.Advance(TimeSpan.FromSeconds(15));
        var third = await _receiver.NextAsync();
        var fourth = await _receiver.NextAsync();

        Assert.Equal(("/hook", 200), (third.Path, third.Answer));
        Assert.Contains("fax.queued", third.Body, StringComparison.Ordinal);
        Assert.Contains("fax.cancelled", fourth.Body, StringComparison.Ordinal);
        await UntilAsync(endpoint, one => one.NextAt is null);
        var log = await Client.Http.GetFromJsonAsync<JsonElement>($"/webhook-endpoints/{endpoint}/deliveries", Cancel);
        Assert.Equal([("delivered", 1), ("delivered", 3)], log.EnumerateArray().Select(delivery => (delivery.GetProperty("state").GetString(), delivery.GetProperty("tries").GetInt32())));
    }

    [Fact]
    public async Task An_endpoint_that_takes_nothing_for_a_day_is_switched_off_and_can_be_switched_on()
    {
        for (var i = 0; i < 100; i++) _receiver.Answers.Enqueue(503);
        var (endpoint, _) = await RegisterAsync();
        await AcceptAsync();

        for (WebhookEndpoint? one = null; one is not { Enabled: false };)
        {
            await _receiver.NextAsync();
            var failures = one?.Failures ?? 0;
            one = await UntilAsync(endpoint, now => now.Failures > failures);
            Gateway.Time.Advance(TimeSpan.FromHours(2));
        }

        var off = await FindAsync(endpoint);
        Assert.Contains("503", off.DisabledReason, StringComparison.Ordinal);
        _receiver.Answers.Clear();
        using var on = await Client.Http.PutAsJsonAsync($"/webhook-endpoints/{endpoint}", new { enabled = true }, Cancel);
        Gateway.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, (await _receiver.NextAsync()).Answer);
        Assert.True((await FindAsync(endpoint)).Enabled);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_switched_off_at_once()
    {
        _receiver.Answers.Enqueue(410);
        var (endpoint, _) = await RegisterAsync();
        await AcceptAsync();

        await _receiver.NextAsync();

        await UntilAsync(endpoint, one => !one.Enabled);
    }

    [Fact]
    public async Task A_name_that_turns_to_a_private_address_after_it_was_registered_is_not_called()
    {
        var port = _receiver.Port;
        await using var guarded = await HttpGateway.StartAsync(change: services => services
            .AddSingleton(provider => new WebhookConnector(provider.GetRequiredService<WebhookAddressRules>(), (_, _) => Task.FromResult(new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }))));
        using var client = await guarded.ClientAsync(Scopes.FaxSend);
        using var answer = await client.Http.PostAsync("/fax", GatewayClient.Form("+15551234567", ("webhook_url", $"https://rebound.example:{port}/")), Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        WebhookEndpoint? endpoint = null;
        while (endpoint is not { Failures: > 0 }) endpoint = (await guarded.Get<WebhookStore>().ListAsync(null, Cancel)).SingleOrDefault();
        var delivery = Assert.Single(await guarded.Get<WebhookStore>().DeliveriesAsync(endpoint.Id, long.MaxValue, 10, Cancel));

        Assert.Contains("private or reserved", delivery.LastError, StringComparison.Ordinal);
        Assert.False(_receiver.HasMore);
    }

    [Fact]
    public async Task Endpoints_belong_to_their_key()
    {
        var (endpoint, _) = await RegisterAsync();
        using var other = await Gateway.ClientAsync(Scopes.FaxSend);

        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/webhook-endpoints/{endpoint}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.DeleteAsync($"/webhook-endpoints/{endpoint}", Cancel)).StatusCode);
        Assert.Equal("[]", await other.Http.GetStringAsync("/webhook-endpoints", Cancel));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Http.DeleteAsync($"/webhook-endpoints/{endpoint}", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("https://example.com/x", true)]
    [InlineData("http://example.com/x", false)]
    [InlineData("https://user:pass@example.com/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("/path", false)]
    public void Only_public_https_addresses_may_be_named(string url, bool isTaken) => Assert.Equal(isTaken, new WebhookAddressRules(new WebhookOptions()).Problem(url) is null);

    private async Task<(string Id, string Secret)> RegisterAsync()
    {
        using var answer = await Client.Http.PostAsJsonAsync("/webhook-endpoints", new { url = _receiver.Url }, Cancel);
        var added = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.True(answer.IsSuccessStatusCode, added.ToString());
        return (added.GetProperty("endpoint").GetProperty("id").GetString()!, added.GetProperty("secret").GetString()!);
    }

    private async Task<string> AcceptAsync() => (await Gateway.Get<IJobBook>().AcceptAsync(
        new NewFax { KeyId = Client.KeyId, To = new PhoneNumber("+15551234567"), Document = "d", MediaType = "application/pdf" }, Cancel)).Job.Id;

    private async Task<WebhookEndpoint> FindAsync(string id) => (await Gateway.Get<WebhookStore>().FindAsync(id, null, Cancel))!;

    private async Task<WebhookEndpoint> UntilAsync(string id, Func<WebhookEndpoint, bool> test)
    {
        while (true)
        {
            var endpoint = await FindAsync(id);
            if (test(endpoint)) return endpoint;
            await Task.Yield();
        }
    }
}
