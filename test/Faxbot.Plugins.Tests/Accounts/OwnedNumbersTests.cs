using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

/// <summary>The providers of which only the numbers can be read.</summary>
public sealed class OwnedNumbersTests
{
    private const string Flowroute = "Faxbot.Sip.Flowroute", Bandwidth = "Faxbot.Sip.Bandwidth";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flowroute_numbers_are_eleven_digits()
    {
        // key:secret
        var flowroute = AccountProvider.With(("Authorization", "Basic a2V5OnNlY3JldA=="), "application/vnd.api+json");
        flowroute.Answers("/v2/numbers?limit=200&offset=0", """
            { "data": [{ "type": "number", "id": "12012673227", "attributes": { "rate_center": "oradell", "value": "12012673227", "number_type": "standard" },
                         "links": { "self": "https://api.flowroute.com/v2/numbers/12012673227" } }],
              "links": { "self": "https://api.flowroute.com/v2/numbers?limit=200&offset=0" } }
            """);
        var plugin = AttachedPlugin.Make(Flowroute, """{ "access_key": "key", "secret_key": "secret" }""", flowroute.CreateClient(["api.flowroute.com"]));

        Assert.Equal("+12012673227", Assert.Single(await plugin.ListNumbersAsync(Cancel)).Number);
    }

    [Fact]
    public async Task Flowroute_pages_are_read_until_one_is_not_full()
    {
        var flowroute = AccountProvider.With(("Authorization", "Basic a2V5OnNlY3JldA=="), "application/vnd.api+json");
        flowroute.Answers("/v2/numbers?limit=200&offset=0", $$"""{ "data": [{{string.Join(',', Enumerable.Range(100, 200).Select(n => $$"""{ "type": "number", "id": "12065550{{n}}" }"""))}}] }""")
            .Answers("/v2/numbers?limit=200&offset=200", """{ "data": [] }""");
        var plugin = AttachedPlugin.Make(Flowroute, """{ "access_key": "key", "secret_key": "secret" }""", flowroute.CreateClient(["api.flowroute.com"]));

        Assert.Equal(200, (await plugin.ListNumbersAsync(Cancel)).Count);
        Assert.Empty(flowroute.Unasked);
    }

    [Fact]
    public async Task Bandwidth_numbers_are_ten_digits_in_XML_over_several_pages()
    {
        var bandwidth = Bandwidths();
        bandwidth.Answers("/api/accounts/9500249/inserviceNumbers?page=1&size=500", """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?><TNs><TotalCount>3</TotalCount><Links>
                <first>Link=&lt;https://dashboard.bandwidth.com:443/v1.0/accounts/9500249/inserviceNumbers?size=500&amp;page=1&gt;;rel="first";</first>
                <next>Link=&lt;https://dashboard.bandwidth.com:443/v1.0/accounts/9500249/inserviceNumbers?size=500&amp;page=8183386249&gt;;rel="next";</next></Links>
                <TelephoneNumbers><Count>2</Count><TelephoneNumber>8183386247</TelephoneNumber><TelephoneNumber>8183386249</TelephoneNumber></TelephoneNumbers></TNs>
                """.TrimStart())
            .Answers("/api/accounts/9500249/inserviceNumbers?page=8183386249&size=500", """
                <TNs><TotalCount>3</TotalCount><TelephoneNumbers><Count>1</Count><TelephoneNumber>8183386251</TelephoneNumber></TelephoneNumbers></TNs>
                """);

        Assert.Equal(["+18183386247", "+18183386249", "+18183386251"], (await Plugin(bandwidth).ListNumbersAsync(Cancel)).Select(number => number.Number));
        Assert.Empty(bandwidth.Unasked);
    }

    [Theory]
    [InlineData("<TNs", "no XML")]
    [InlineData("<Other/>", "no list of numbers")]
    [InlineData("""<!DOCTYPE TNs [<!ENTITY a "b">]><TNs>&a;</TNs>""", "no XML")]
    public async Task What_is_no_list_of_Bandwidth_is_named(string answer, string what)
    {
        var bandwidth = Bandwidths();
        bandwidth.Answers("/api/accounts/9500249/inserviceNumbers?page=1&size=500", answer);

        Assert.Contains(what, (await Assert.ThrowsAsync<PluginException>(() => Plugin(bandwidth).ListNumbersAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Flowroute, "access_key and secret_key")]
    [InlineData(Bandwidth, "account_id, api_user and api_password")]
    public async Task Without_credentials_the_settings_are_named(string folder, string settings)
    {
        using var http = new HttpClient();

        Assert.Contains(settings, (await Assert.ThrowsAsync<PluginException>(() => AttachedPlugin.Make(folder, "{}", http).ListNumbersAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    private static Plugin Plugin(FakeProvider bandwidth) => AttachedPlugin.Make(Bandwidth, """{ "account_id": "9500249", "api_user": "user", "api_password": "password" }""", bandwidth.CreateClient(["dashboard.bandwidth.com"]));

    // user:password
    private static FakeProvider Bandwidths() => AccountProvider.With(("Authorization", "Basic dXNlcjpwYXNzd29yZA=="), "application/xml");
}
