using Faxbot.Sdk.Webhooks;

namespace Faxbot.Sdk.Tests.Webhooks;

public sealed class WebhookProofTests
{
    // callbacks:p:ss
    private const string Good = "Y2FsbGJhY2tzOnA6c3M=";

    [Theory]
    [InlineData($"Basic {Good}", true)]
    [InlineData($"basic {Good}", true)]
    [InlineData($"Bearer {Good}", false)]
    [InlineData("Basic", false)]
    [InlineData("Basic Y2FsbGJhY2tzOnA6c3N4", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_credentials_of_HTTP_Basic_must_be_the_same(string? field, bool holds) =>
        Assert.Equal(holds, WebhookProof.HasBasic(Request("https://gateway.example/webhooks/one", field), "callbacks", "p:ss"));

    [Theory]
    [InlineData("https://gateway.example/webhooks/one?key=a%2Bb", true)]
    [InlineData("https://gateway.example/webhooks/one?other=1&key=a%2Bb", true)]
    [InlineData("https://gateway.example/webhooks/one?key=a%2B", false)]
    [InlineData("https://gateway.example/webhooks/one?key=", false)]
    [InlineData("https://gateway.example/webhooks/one?key", false)]
    [InlineData("https://gateway.example/webhooks/one?KEY=a%2Bb", false)]
    [InlineData("https://gateway.example/webhooks/a%2Bb", false)]
    [InlineData("/webhooks/one?key=a%2Bb", false)]
    public void The_secret_must_stand_in_the_query(string address, bool holds) => Assert.Equal(holds, WebhookProof.HasSecret(Request(address, null), "key", "a+b"));

    private static WebhookRequest Request(string address, string? authorization) => new()
    {
        Method = "POST",
        Url = address,
        Headers = authorization is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["authorization"] = authorization },
        Body = [],
    };
}
