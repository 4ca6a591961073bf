using System.Net;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Tests.Http;

public sealed class ProviderApiTests : IDisposable
{
    private readonly HttpClient _http = new();

    private ProviderApi Api => new(_http, "Acme", new Uri("https://api.acme.example/"));

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pages_are_read_until_the_last_one() =>
        Assert.Equal([0, 1, 2], await Api.ReadPagesAsync(page => Task.FromResult<(IEnumerable<int>, bool)>(([page], page < 2))));

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        var given = await Assert.ThrowsAsync<PluginException>(() => Api.ReadPagesAsync(page => Task.FromResult<(IEnumerable<int>, bool)>(([page], true))));

        Assert.Contains("pages without end", given.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "{}", OutcomeClass.Rejected, "400")]
    [InlineData(401, "{}", OutcomeClass.Rejected, "401")]
    [InlineData(422, """{ "code": "unknown" }""", OutcomeClass.Rejected, "unknown")]
    [InlineData(403, """{ "code": "stopped" }""", OutcomeClass.Refused, "stopped")]
    [InlineData(429, "{}", OutcomeClass.Congestion, "429")]
    public async Task A_refusal_says_that_nothing_was_done_and_why(int status, string body, OutcomeClass expected, string code)
    {
        var rejected = await Assert.ThrowsAsync<FaxRejectedException>(() => PostAsync(() => Answer(status, body)));

        Assert.Equal((expected, code), (rejected.Outcome.Class, rejected.Outcome.ProviderCode));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public Task An_answer_that_says_neither_leaves_it_open(int status) => Assert.ThrowsAsync<PluginException>(() => PostAsync(() => Answer(status, "{}")));

    [Fact]
    public Task An_answer_that_cannot_be_read_leaves_it_open() => Assert.ThrowsAsync<PluginException>(() => PostAsync(() => Answer(200, "<html>")));

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task A_request_that_never_left_was_surely_not_done(HttpRequestError error) =>
        Assert.Equal(OutcomeClass.Congestion, (await Assert.ThrowsAsync<FaxRejectedException>(() => PostAsync(() => throw new HttpRequestException(error)))).Outcome.Class);

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public Task A_connection_that_broke_leaves_it_open(HttpRequestError error) => Assert.ThrowsAsync<PluginException>(() => PostAsync(() => throw new HttpRequestException(error)));

    [Fact]
    public Task A_wait_that_was_too_long_leaves_it_open() => Assert.ThrowsAsync<PluginException>(() => PostAsync(() => throw new TaskCanceledException()));

    private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };

    private static async Task PostAsync(Func<HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Provider(answer));
        var api = new ProviderApi(http, "Acme", new Uri("https://api.acme.example/"))
        {
            ErrorCode = body => body.TryGetProperty("code", out var code) ? code : null,
            Codes = new Dictionary<string, ProviderCode> { ["stopped"] = ProviderCode.OptedOut },
        };
        using var content = new StringContent("{}");
        await api.PostAsync<Dictionary<string, string>>("messages", content, TestContext.Current.CancellationToken);
    }

    private sealed class Provider(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
