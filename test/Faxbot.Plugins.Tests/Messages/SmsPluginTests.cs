using Faxbot.Bandwidth.Sms;
using Faxbot.Flowroute.Sms;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Telnyx.Sms;
using Faxbot.Testing;
using Faxbot.Twilio.Sms;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Plugins.Tests.Messages;

/// <summary>What is each provider's own, beyond what the contract asks of all.</summary>
public sealed class SmsPluginTests
{
    private const string TelnyxSettings = $$"""{ "api_key": "KEY", "public_key": "{{TelnyxSigner.PublicKey}}" }""";
    private static readonly string TwilioSettings = $$"""{ "account_sid": "{{TwilioSmsContractTests.Account}}", "auth_token": "{{TwilioSmsContractTests.Token}}", "messaging_service_sid": "MG0123456789abcdef0123456789abcdef", "sender": "+13105550199" }""";
    private static readonly Uri Address = new("https://gateway.example/webhooks/plugin");
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 32, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-0.00750", "0.0075")]
    [InlineData("0.00750", "-0.0075")]
    public async Task Twilio_writes_what_it_took_with_a_minus_sign(string price, string cost)
    {
        await using var harness = Harness("Faxbot.Twilio.Sms", TwilioSettings, new FakeProvider().Answer(
            new ProviderRequest("GET", $"{TwilioSmsContractTests.Root}/Messages/{TwilioSmsContractTests.Sid}.json"),
            new ProviderAnswer(200, TwilioSmsContractTests.Message("delivered", price: $"\"{price}\""))));
        var plugin = await harness.AttachAsync(new TwilioSmsPlugin(), Cancel);

        var status = await plugin.GetMessageStatusAsync(Reference(TwilioSmsContractTests.Sid), Cancel);

        Assert.Equal(new Money(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), "USD"), status.Cost);
    }

    [Fact]
    public async Task Twilio_lets_the_messaging_service_choose_the_number_of_a_message_that_names_none()
    {
        var send = new ProviderRequest("POST", $"{TwilioSmsContractTests.Root}/Messages.json");
        var twilio = new FakeProvider().Answer(send, new ProviderAnswer(201, TwilioSmsContractTests.Message("accepted")));
        await using var harness = Harness("Faxbot.Twilio.Sms", TwilioSettings, twilio);
        var plugin = await harness.AttachAsync(new TwilioSmsPlugin(), Cancel);

        await plugin.SendMessageAsync(Message("+12125550142"), Cancel);

        var body = Assert.Single(twilio.CallsOf(send)).Text;
        Assert.Contains("MessagingServiceSid=MG0123456789abcdef0123456789abcdef", body, StringComparison.Ordinal);
        Assert.DoesNotContain("From=", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twilio_gets_TwiML_that_says_nothing_to_who_wrote()
    {
        await using var harness = Harness("Faxbot.Twilio.Sms", TwilioSettings);
        var plugin = await harness.AttachAsync(new TwilioSmsPlugin(), Cancel);

        var result = await plugin.HandleWebhookAsync(TwilioSmsContractTests.Signed(Address, new() { ["MessageSid"] = "SM1", ["From"] = "+12125550142", ["To"] = "+13105550127", ["Body"] = "STOP" }), Cancel);

        Assert.Equal((200, "<Response></Response>", "text/xml"), (result.Status, result.Body, result.ContentType));
    }

    [Fact]
    public async Task A_status_of_Twilio_that_nobody_knows_is_taken_and_changes_nothing()
    {
        await using var harness = Harness("Faxbot.Twilio.Sms", TwilioSettings);
        var plugin = await harness.AttachAsync(new TwilioSmsPlugin(), Cancel);

        var result = await plugin.HandleWebhookAsync(TwilioSmsContractTests.Signed(Address, new() { ["MessageSid"] = "SM1", ["MessageStatus"] = "something-new", ["From"] = "+1", ["To"] = "+1" }), Cancel);

        Assert.Equal((200, 0, 0), (result.Status, result.Messages.Count, result.InboundMessages.Count));
    }

    [Fact]
    public async Task Several_events_of_Bandwidth_are_taken_in_the_order_of_their_own_time()
    {
        await using var harness = Harness("Faxbot.Bandwidth.Sms", BandwidthSmsContractTests.Settings);
        var plugin = await harness.AttachAsync(new BandwidthSmsPlugin(), Cancel);

        var result = await plugin.HandleWebhookAsync(
            BandwidthSmsContractTests.Webhook(
                Address,
                BandwidthSmsContractTests.Event("one", MessageState.Delivered, Now.AddSeconds(2)),
                BandwidthSmsContractTests.Event("one", MessageState.Sent, Now.AddSeconds(1)),
                BandwidthSmsContractTests.Event("two", MessageState.Accepted, Now)),
            Cancel);

        Assert.Equal([("one", MessageState.Delivered), ("two", MessageState.Accepted)], result.Messages.Select(told => (told.Key, told.Value.State)).Order());
    }

    [Fact]
    public async Task Bandwidth_calls_a_missing_receipt_a_failure_and_it_is_told_as_unknown()
    {
        await using var harness = Harness("Faxbot.Bandwidth.Sms", BandwidthSmsContractTests.Settings);
        var plugin = await harness.AttachAsync(new BandwidthSmsPlugin(), Cancel);

        var told = (await plugin.HandleWebhookAsync(BandwidthSmsContractTests.Webhook(Address, BandwidthSmsContractTests.Event("one", MessageState.Unknown, Now)), Cancel)).Messages["one"];

        Assert.Equal((MessageState.Unknown, "9902"), (told.State, told.ProviderCode));
    }

    [Fact]
    public async Task Without_a_secret_no_webhook_of_Flowroute_is_taken()
    {
        await using var harness = Harness("Faxbot.Flowroute.Sms", """{ "access_key": "key", "secret_key": "secret" }""");
        var plugin = await harness.AttachAsync(new FlowrouteSmsPlugin(), Cancel);
        var webhook = FlowrouteSmsContractTests.Webhook(Address, new { id = "1", from = "12125550142", to = "13105550127", body = "text" });

        Assert.Equal(401, (await plugin.HandleWebhookAsync(webhook with { Url = $"{Address}?secret=" }, Cancel)).Status);
    }

    [Fact]
    public async Task Flowroutes_first_version_of_webhooks_is_understood_too()
    {
        await using var harness = Harness("Faxbot.Flowroute.Sms", FlowrouteSmsContractTests.Settings);
        var plugin = await harness.AttachAsync(new FlowrouteSmsPlugin(), Cancel);

        var came = Assert.Single((await plugin.HandleWebhookAsync(FlowrouteSmsContractTests.Webhook(Address, new { id = "mdr1-1", from = "12125550142", to = "13105550127", body = "text" }), Cancel)).InboundMessages);

        Assert.Equal(("mdr1-1", "+12125550142", "+13105550127", "text", Now), (came.ProviderId, came.From.Value, came.To.Value, came.Text, came.At));
    }

    [Fact]
    public async Task Flowroute_tells_the_price_in_nanodollars()
    {
        await using var harness = Harness("Faxbot.Flowroute.Sms", FlowrouteSmsContractTests.Settings,
            new FakeProvider().Answer(new ProviderRequest("GET", $"/v2.1/messages/{FlowrouteSmsContractTests.Id}"), FlowrouteSmsContractTests.Record()));
        var plugin = await harness.AttachAsync(new FlowrouteSmsPlugin(), Cancel);

        Assert.Equal(new Money(0.004m, "USD"), (await plugin.GetMessageStatusAsync(Reference(FlowrouteSmsContractTests.Id), Cancel)).Cost);
    }

    [Theory]
    [InlineData("+442079460123")]
    [InlineData("+1206555010")]
    [InlineData("2065550100")]
    [InlineData("erika")]
    public async Task Flowroute_is_not_asked_for_numbers_that_it_does_not_have(string number)
    {
        var flowroute = new FakeProvider();
        await using var harness = Harness("Faxbot.Flowroute.Sms", FlowrouteSmsContractTests.Settings, flowroute);
        var plugin = await harness.AttachAsync(new FlowrouteSmsPlugin(), Cancel);

        var rejected = await Assert.ThrowsAsync<FaxRejectedException>(() => plugin.SendMessageAsync(Message(number) with { From = new PhoneNumber("+13105550127") }, Cancel));

        Assert.Contains("North American", rejected.Message, StringComparison.Ordinal);
        Assert.Empty(flowroute.Calls);
    }

    [Fact]
    public async Task Telnyx_tells_the_cost_and_why()
    {
        await using var harness = Harness("Faxbot.Telnyx.Sms", TelnyxSettings);
        var plugin = await harness.AttachAsync(new TelnyxSmsPlugin(), Cancel);
        var body = TelnyxSmsContractTests.Event("message.finalized", TelnyxSmsContractTests.Message("one", "delivery_failed", """{ "code": "40300" }"""));

        var told = (await plugin.HandleWebhookAsync(TelnyxSigner.Sign(Address, Now, body), Cancel)).Messages["one"];

        Assert.Equal((MessageState.Undelivered, "40300", new Money(0.0051m, "USD")), (told.State, told.ProviderCode, told.Cost));
        Assert.Contains("opted out", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_public_key_of_Telnyx_is_refused_before_it_is_used()
    {
        await using var harness = Harness("Faxbot.Telnyx.Sms", """{ "api_key": "KEY", "public_key": "AAAA" }""");

        Assert.Contains("$.public_key", (await Assert.ThrowsAsync<PluginException>(() => harness.AttachAsync(new TelnyxSmsPlugin(), Cancel))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Faxbot.Bandwidth.Sms", BandwidthSmsContractTests.Settings)]
    [InlineData("Faxbot.Flowroute.Sms", FlowrouteSmsContractTests.Settings)]
    [InlineData("Faxbot.Telnyx.Sms", TelnyxSettings)]
    public async Task A_message_without_a_sender_is_refused_before_anybody_is_asked(string folder, string settings)
    {
        var provider = new FakeProvider();
        await using var harness = Harness(folder, settings, provider);
        MessagingPlugin plugin = folder switch { "Faxbot.Bandwidth.Sms" => new BandwidthSmsPlugin(), "Faxbot.Flowroute.Sms" => new FlowrouteSmsPlugin(), _ => new TelnyxSmsPlugin() };
        await harness.AttachAsync(plugin, Cancel);

        await Assert.ThrowsAsync<FaxRejectedException>(() => plugin.SendMessageAsync(Message("+12125550142"), Cancel));

        Assert.Empty(provider.Calls);
    }

    private static PluginHarness Harness(string folder, string settings, FakeProvider? provider = null) =>
        PluginHarness.Create(new PluginHarnessOptions { PackageFolder = RepositoryRoot.Of("plugins", folder), Settings = settings, Provider = provider, Time = new FakeTimeProvider(Now) });

    private static MessageRequest Message(string to) => new() { JobId = "job", AttemptId = "attempt", To = new PhoneNumber(to), Text = "text" };

    private static MessageReference Reference(string id) => new() { JobId = "job", AttemptId = "attempt", ProviderId = id };
}
