using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

public sealed class TwilioAccountTests
{
    private const string Sid = "AC0123456789abcdef0123456789abcdef";
    private const string Root = $"/2010-04-01/Accounts/{Sid}";
    // SKkey:secret
    private readonly FakeProvider _twilio = AccountProvider.With(("Authorization", "Basic U0trZXk6c2VjcmV0"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Plugin Plugin => AttachedPlugin.Make("Faxbot.Twilio.Fax", $$"""{ "trunk_name": "acme", "account_sid": "{{Sid}}", "api_key": "SKkey", "api_secret": "secret" }""", _twilio.CreateClient(["api.twilio.com"]));

    [Fact]
    public async Task The_balance_is_read()
    {
        _twilio.Answers($"{Root}/Balance.json", $$"""{ "account_sid": "{{Sid}}", "balance": "12.345", "currency": "USD" }""");

        Assert.Equal(new Money(12.345m, "USD"), await Plugin.GetBalanceAsync(Cancel));
    }

    [Fact]
    public async Task Usage_is_the_calls_of_the_span_over_all_pages()
    {
        _twilio.Answers($"{Root}/Calls.json?StartTime%3E=2026-10-03&StartTime%3C=2026-10-05&PageSize=1000", $$"""
                { "calls": [
                    { "sid": "CA3", "start_time": "Sun, 04 Oct 2026 13:00:00 +0000", "duration": "60", "price": "-0.01300", "price_unit": "USD", "trunk_sid": "TK1" },
                    { "sid": "CA2", "start_time": "Sat, 03 Oct 2026 20:36:28 +0000", "duration": "15", "price": null, "price_unit": "USD" },
                    { "sid": "CA0", "start_time": null, "duration": null, "price": null, "price_unit": "USD", "status": "queued" }],
                  "next_page_uri": "{{Root}}/Calls.json?Page=1&PageToken=PA1", "page": 0 }
                """)
            .Answers($"{Root}/Calls.json?Page=1&PageToken=PA1", """
                { "calls": [{ "sid": "CA1", "start_time": "Sat, 03 Oct 2026 12:00:00 +0000", "duration": "70", "price": "-0.02600", "price_unit": "usd" }], "next_page_uri": null }
                """);

        var report = await Plugin.GetUsageAsync(new UsageQuery(At("2026-10-03T12:00:00Z"), At("2026-10-04T12:00:00Z")), Cancel);

        Assert.True(report.IsComplete);
        Assert.Equal([("CA1", new Money(0.026m, "USD")), ("CA2", null)], report.Records.Select(record => (record.ProviderId, record.Cost)));
        Assert.Equal(TimeSpan.FromSeconds(70), report.Records[0].Charged);
        Assert.Empty(_twilio.Unasked);
    }

    [Fact]
    public async Task Numbers_say_what_they_can()
    {
        _twilio.Answers($"{Root}/IncomingPhoneNumbers.json?PageSize=1000", """
            { "incoming_phone_numbers": [{ "sid": "PN1", "phone_number": "+12065550100", "capabilities": { "voice": true, "sms": true, "mms": false, "fax": false } }], "next_page_uri": null }
            """);

        var number = Assert.Single(await Plugin.ListNumbersAsync(Cancel));

        Assert.Equal(("+12065550100", "sms voice"), (number.Number, string.Join(' ', number.Capabilities)));
    }

    [Fact]
    public async Task A_next_page_at_another_host_is_not_fetched()
    {
        _twilio.Answers($"{Root}/IncomingPhoneNumbers.json?PageSize=1000", """{ "incoming_phone_numbers": [], "next_page_uri": "//example.org/steal" }""");

        Assert.Contains("another host", (await Assert.ThrowsAsync<PluginException>(() => Plugin.ListNumbersAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auth_token_will_do_and_a_wrong_one_is_named()
    {
        var plugin = AttachedPlugin.Make("Faxbot.Twilio.Fax", $$"""{ "trunk_name": "acme", "account_sid": "{{Sid}}", "auth_token": "wrong" }""", _twilio.CreateClient(["api.twilio.com"]));

        Assert.StartsWith("Twilio does not take the API credentials (401", (await Assert.ThrowsAsync<PluginException>(() => plugin.GetBalanceAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
