using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

public sealed class VoxboneAccountTests
{
    private readonly FakeProvider _voxbone = AccountProvider.With(("apikey", "key"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Plugin Plugin => AttachedPlugin.Make("Faxbot.Sip.Voxbone", """{ "host": "192.0.2.1", "api_key": "key" }""", _voxbone.CreateClient(["api.voxbone.com"]));

    [Fact]
    public async Task The_balance_is_read()
    {
        _voxbone.Answers("/v1/ordering/accountbalance", """{ "accountBalance": { "active": true, "balance": "97.05", "currency": "EUR" } }""");

        Assert.Equal(new Money(97.05m, "EUR"), await Plugin.GetBalanceAsync(Cancel));
    }

    [Fact]
    public async Task Usage_leaves_out_a_cost_whose_unit_is_not_documented()
    {
        _voxbone.Answers("/v2/cdr/calls?from=2020-03-04T00:00:00.000Z&to=2020-03-05T00:00:00.000Z&offset=0&limit=100", """
            { "data": [{ "id": "ADJF4B7S2P4N95FEDG5ANH8G34", "direction": "OUTBOUND", "destinationNumber": "442039668000", "start": "2020-03-04T12:00:38.000Z",
                         "duration": 256, "ppm": "50", "ppe": "200", "totalCost": "460", "currency": "EUR", "sipResponseCode": 200 }],
              "pagination": { "limit": 100, "offset": 0, "total": 1 }, "status": "success" }
            """);

        var record = Assert.Single((await Plugin.GetUsageAsync(new UsageQuery(At("2020-03-04"), At("2020-03-05")), Cancel)).Records);

        Assert.Equal(("ADJF4B7S2P4N95FEDG5ANH8G34", TimeSpan.FromSeconds(256), null), (record.ProviderId, record.Charged, record.Cost));
    }

    [Fact]
    public async Task Numbers_say_whether_T38_is_on()
    {
        _voxbone.Answers("/v1/inventory/did?pageNumber=0&pageSize=100", """
            { "dids": [{ "didId": 1, "e164": "+3225550123", "peer": { "t38Enabled": true } }, { "didId": 2, "e164": "442039668000", "peer": null }], "resultCount": 2 }
            """);

        Assert.Equal([("+3225550123", "t38"), ("+442039668000", "")], (await Plugin.ListNumbersAsync(Cancel)).Select(number => (number.Number, string.Join(' ', number.Capabilities))));
    }

    [Fact]
    public async Task Too_many_requests_are_named_with_the_providers_code()
    {
        _voxbone.Answers("/v1/ordering/accountbalance", """{ "httpStatusCode": 509, "errors": [{ "apiErrorCode": "101", "apiErrorMessage": "slow down" }] }""", 509);

        Assert.Equal("Voxbone wants fewer requests (509, code 101): try again later.", (await Assert.ThrowsAsync<PluginException>(() => Plugin.GetBalanceAsync(Cancel))).Message);
    }

    [Fact]
    public async Task A_key_of_the_sandbox_goes_to_the_sandbox()
    {
        var sandbox = AccountProvider.With(("apikey", "trial"));
        sandbox.Answers("/v1/ordering/accountbalance", """{ "accountBalance": { "balance": 1, "currency": "USD" } }""");
        var plugin = AttachedPlugin.Make("Faxbot.Sip.Voxbone", """{ "host": "192.0.2.1", "api_key": "trial", "sandbox": true }""", sandbox.CreateClient(["api.sandbox.voxbone.com"]));

        Assert.Equal(new Money(1, "USD"), await plugin.GetBalanceAsync(Cancel));
    }

    private static DateTimeOffset At(string day) => DateTimeOffset.Parse($"{day}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
