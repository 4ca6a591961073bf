using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Sdk.Testing.Tests.Providers;

/// <summary>That a request which is written wrongly for a provider is refused, with a sentence that says how.</summary>
public sealed class FakeProviderTests
{
    private const string Good = """{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": ["text"] }""";

    private static readonly ProviderRequest Send = new("POST", "/v1/messages");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Good)]
    [InlineData("""{ "parts": ["text"], "urgent": false, "from": "+13105550127", "to": "12125550142", "tag": "anything" }""")]
    public async Task Takes_what_is_written_as_it_must_be(string body)
    {
        var provider = Provider();

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(provider, new StringContent(body, Encoding.UTF8, "application/json")));
        Assert.Empty(provider.Violations);
        Assert.Empty(provider.Unasked);
    }

    [Theory]
    [InlineData("""{ "to": "+12125550142", "from": "+13105550127", "urgent": false, "parts": ["text"] }""", "$.to must be \"12125550142\", and is \"+12125550142\".")]
    [InlineData("""{ "to": 12125550142, "from": "+13105550127", "urgent": false, "parts": ["text"] }""", "$.to must be \"12125550142\", and is 12125550142.")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": "false", "parts": ["text"] }""", "$.urgent must be false, and is \"false\".")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": "text" }""", "$.parts must be [\"{text}\"], and is \"text\".")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": ["other"] }""", "$.parts[0] must be \"text\", and is \"other\".")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": [] }""", "$.parts must be")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "parts": ["text"] }""", "$.urgent is missing.")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": ["text"], "media": null }""", "$.media is not known to the provider.")]
    [InlineData("""{ "to": "12125550142", "from": "+13105550127", "urgent": false, "parts": ["text"], "tag": "" }""", "$.tag must be \"{any}\", and is \"\".")]
    [InlineData("{", "The body is no application/json.")]
    public async Task A_body_that_is_written_otherwise_is_refused_with_what_was_expected(string body, string sentence)
    {
        var provider = Provider();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(provider, new StringContent(body, Encoding.UTF8, "application/json")));
        Assert.StartsWith($"POST /v1/messages: {sentence}", Assert.Single(provider.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        var provider = Provider();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(provider, new StringContent(Good, Encoding.UTF8, "text/plain")));
        Assert.EndsWith("Content-Type must be \"application/json\", and is \"text/plain; charset=utf-8\".", Assert.Single(provider.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_are_answered_as_such_and_never_shown()
    {
        var provider = Provider();

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(provider, new StringContent(Good, Encoding.UTF8, "application/json"), token: "wrong-key"));
        Assert.DoesNotContain("key", Assert.Single(provider.Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/messages?page=1", "The query must be \"\", and is \"?page=1\".")]
    [InlineData("/v1/messages", null)]
    public async Task A_query_that_nobody_expects_is_refused(string target, string? sentence)
    {
        var provider = Provider();

        await SendAsync(provider, new StringContent(Good, Encoding.UTF8, "application/json"), target: target);

        Assert.Equal(sentence, provider.Violations.SingleOrDefault()?.Split(": ", 2)[1]);
    }

    [Theory]
    [InlineData("To=%2B12125550142&Body=a+b", null)]
    [InlineData("Body=a%20b&To=%2B12125550142", null)]
    [InlineData("To=12125550142&Body=a+b", "$.To must be")]
    [InlineData("To=%2B12125550142&To=%2B12125550142&Body=a+b", "The body is no")]
    [InlineData("To=%2B12125550142", "$.Body is missing.")]
    public async Task A_form_is_looked_at_field_by_field(string body, string? sentence)
    {
        var provider = new FakeProvider { Values = Values }
            .Answer(Send, new ProviderAnswer(200, "{}"))
            .Rule(Send, new RequestRules { Body = BodyRule.Form(new Dictionary<string, string> { ["To"] = "+{to}", ["Body"] = "a b" }) });

        await SendAsync(provider, new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"));

        if (sentence is null) Assert.Empty(provider.Violations);
        else Assert.Contains(sentence, Assert.Single(provider.Violations), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Values => new() { ["to"] = "12125550142", ["from"] = "13105550127", ["text"] = "text" };

    private static FakeProvider Provider() => new FakeProvider { Values = Values, Rules = new RequestRules { Authorization = "Bearer key", Query = "" } }
        .Answer(Send, new ProviderAnswer(202, "{}"))
        .Rule(Send, new RequestRules { Body = BodyRule.Json("""{ "to": "{to}", "from": "+{from}", "urgent": false, "parts": ["{text}"], "tag?": "{any}" }""") });

    private static async Task<HttpStatusCode> SendAsync(FakeProvider provider, HttpContent content, string token = "key", string target = "/v1/messages")
    {
        using var client = provider.CreateClient(["api.acme.example"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri("https://api.acme.example"), target)) { Content = content, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
