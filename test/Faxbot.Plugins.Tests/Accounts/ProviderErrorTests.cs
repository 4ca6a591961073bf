using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

/// <summary>What operators are told when a provider's API does not do its part; by the example of Telnyx, since all share the same reader.</summary>
public sealed class ProviderErrorTests
{
    private readonly FakeProvider _telnyx = AccountProvider.With(("Authorization", "Bearer KEY1"));

    [Fact]
    public async Task A_wrong_key_is_named_as_such() =>
        Assert.Equal("Telnyx does not take the API credentials (401): check them in the settings.", await MessageAsync("KEY2"));

    [Theory]
    [InlineData(403, "does not let these API credentials do this (403, code 10010)")]
    [InlineData(404, "does not know what was asked for (404, code 10010)")]
    [InlineData(429, "wants fewer requests (429, code 10010): try again in 30 seconds.")]
    [InlineData(509, "wants fewer requests (509, code 10010): try again in 30 seconds.")]
    [InlineData(503, "is out of order (503, code 10010): try again in 30 seconds.")]
    [InlineData(422, "refused the request (422, code 10010)")]
    public async Task Each_status_has_a_sentence_with_the_providers_code(int status, string expected)
    {
        _telnyx.Answers("/v2/balance", """{ "errors": [{ "code": "10010", "title": "+12065550100 is a secret" }] }""", status, ("Retry-After", "30"));

        var message = await MessageAsync("KEY1");

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_HTML_has_no_code()
    {
        _telnyx.Answers("/v2/balance", "<html>Bad gateway</html>", 502);

        Assert.Equal("The API of Telnyx is out of order (502): try again later.", await MessageAsync("KEY1"));
    }

    [Theory]
    [InlineData("""{ "data": { "balance": "300.00" } }""", "$.data")]
    [InlineData("""{ "data": { "balance": "much", "currency": "USD" } }""", "$.data.balance")]
    [InlineData("""{ "data": null }""", "$.data")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    public async Task An_answer_of_another_shape_says_where_it_differs(string answer, string place)
    {
        _telnyx.Answers("/v2/balance", answer);

        Assert.Equal($"The API of Telnyx answered something else than expected (at {place}): look for a newer version of this plugin.", await MessageAsync("KEY1"));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_named()
    {
        using var http = new HttpClient(new NoNetwork());
        var plugin = AttachedPlugin.Make("Faxbot.Sip.Telnyx", """{ "api_key": "KEY1" }""", http);

        var error = await Assert.ThrowsAsync<PluginException>(() => plugin.GetBalanceAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The API of Telnyx cannot be reached (ConnectionError): look at the network and try again.", error.Message);
    }

    private async Task<string> MessageAsync(string key)
    {
        var plugin = AttachedPlugin.Make("Faxbot.Sip.Telnyx", $$"""{ "api_key": "{{key}}" }""", _telnyx.CreateClient(["api.telnyx.com"]));
        return (await Assert.ThrowsAsync<PluginException>(() => plugin.GetBalanceAsync(TestContext.Current.CancellationToken))).Message;
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError);
    }
}
