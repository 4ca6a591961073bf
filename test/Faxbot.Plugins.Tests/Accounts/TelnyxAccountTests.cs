using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

public sealed class TelnyxAccountTests
{
    private const string Records = "/v2/detail_records?filter[record_type]=sip-trunking&sort=-started_at&page[number]=";
    private readonly FakeProvider _telnyx = AccountProvider.With(("Authorization", "Bearer KEY1"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Plugin Plugin => AttachedPlugin.Make("Faxbot.Sip.Telnyx", """{ "api_key": "KEY1" }""", _telnyx.CreateClient(["api.telnyx.com"]));

    [Fact]
    public async Task The_balance_is_read_from_texts()
    {
        _telnyx.Answers("/v2/balance", """
            { "data": { "record_type": "balance", "balance": "300.00", "credit_limit": "100.00", "available_credit": "400.00", "pending": "10.00", "currency": "USD" } }
            """);

        Assert.Equal(new Money(300.00m, "USD"), await Plugin.GetBalanceAsync(Cancel));
    }

    [Fact]
    public async Task Usage_is_the_records_of_the_span_by_Call_ID()
    {
        _telnyx.Answers($"{Records}1&page[size]=50", Page(2, Record("c3", "2026-10-05T00:00:00Z"), Record("c2", "2026-10-04T10:00:00Z")))
            .Answers($"{Records}2&page[size]=50", Page(2, Record("c1", "2026-10-03T12:00:00Z")));

        var report = await Plugin.GetUsageAsync(new UsageQuery(At("2026-10-03"), At("2026-10-05")), Cancel);

        Assert.True(report.IsComplete);
        Assert.Equal(["c1", "c2"], report.Records.Select(record => record.ProviderId));
        Assert.Equal((TimeSpan.FromMinutes(1), new Money(0.0051m, "USD")), (report.Records[0].Charged, report.Records[0].Cost));
        Assert.Empty(_telnyx.Unasked);
    }

    [Fact]
    public async Task Records_older_than_the_span_are_not_asked_for()
    {
        _telnyx.Answers($"{Records}1&page[size]=50", Page(9, Record("new", "2026-10-05T00:00:00Z"), Record("old", "2026-10-01T00:00:00Z")));

        Assert.True((await Plugin.GetUsageAsync(new UsageQuery(At("2026-10-04"), At("2026-10-06")), Cancel)).IsComplete);
    }

    [Fact]
    public async Task Numbers_say_whether_the_T38_gateway_is_on()
    {
        _telnyx.Answers("/v2/phone_numbers?page[number]=1&page[size]=50", """
            { "data": [{ "id": "1", "phone_number": "+12065550100", "t38_fax_gateway_enabled": true }, { "id": "2", "phone_number": "+442079460123" }], "meta": { "total_pages": 1 } }
            """);

        var numbers = await Plugin.ListNumbersAsync(Cancel);

        Assert.Equal([("+12065550100", "t38_gateway"), ("+442079460123", "")], numbers.Select(number => (number.Number, string.Join(' ', number.Capabilities))));
    }

    [Fact]
    public async Task Without_a_key_it_says_which_setting_is_missing()
    {
        var plugin = AttachedPlugin.Make("Faxbot.Sip.Telnyx", "{}", _telnyx.CreateClient(["api.telnyx.com"]));

        Assert.Contains("api_key", (await Assert.ThrowsAsync<PluginException>(() => plugin.GetBalanceAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_looks_at_the_trunk_and_asks_the_API()
    {
        _telnyx.Answers("/v2/balance", """{ "data": { "balance": "1", "currency": "USD" } }""");

        var found = await Plugin.CheckAsync(new CheckRequest(), Cancel);

        Assert.True(found.Ok);
        Assert.Empty(found.Problems);
        Assert.Equal(["names", "API"], found.Findings!.Select(finding => finding.Step));
    }

    [Fact]
    public async Task A_key_that_is_not_taken_is_a_warning_and_none_is_not_asked_for()
    {
        var wrong = await AttachedPlugin.Make("Faxbot.Sip.Telnyx", """{ "api_key": "KEY2" }""", _telnyx.CreateClient(["api.telnyx.com"])).CheckAsync(new CheckRequest(), Cancel);
        var none = await AttachedPlugin.Make("Faxbot.Sip.Telnyx", "{}", _telnyx.CreateClient(["api.telnyx.com"])).CheckAsync(new CheckRequest(), Cancel);

        Assert.True(wrong.Ok);
        Assert.Equal("Telnyx does not take the API credentials (401): check them in the settings.", Assert.Single(wrong.Problems));
        Assert.Equal(["names"], none.Findings!.Select(finding => finding.Step));
    }

    private static string Record(string id, string at) => $$"""
        { "record_type": "sip-trunking", "sip_call_id": "{{id}}", "telnyx_session_id": "s", "started_at": "{{at}}", "finished_at": "{{at}}", "billed_sec": 60, "call_sec": 42, "cost": "0.0051", "rate": "0.0051", "currency": "USD", "cld": "+1", "cli": "+1", "hangup_cause": "NORMAL_CLEARING" }
        """;

    private static string Page(int pages, params string[] records) => $$"""{ "data": [{{string.Join(',', records)}}], "meta": { "page_number": 1, "page_size": 50, "total_pages": {{pages}}, "total_results": 9 } }""";

    private static DateTimeOffset At(string day) => DateTimeOffset.Parse($"{day}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
