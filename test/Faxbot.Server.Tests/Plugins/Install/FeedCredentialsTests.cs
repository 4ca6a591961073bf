using System.Text;
using Faxbot.Server.Plugins.Install;

namespace Faxbot.Server.Tests.Plugins.Install;

public sealed class FeedCredentialsTests
{
    [Theory]
    [InlineData("https://feed.example/v3/index.json me:pass:word", "Authorization", "me:pass:word")]
    [InlineData("http://127.0.0.1:8081/index.json me:secret", "Authorization", "me:secret")]
    public void A_user_and_a_password_are_shown_as_basic_authentication(string text, string header, string user)
    {
        Assert.True(FeedCredentials.TryParse(text, out var credentials));
        Assert.Equal((header, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}"), (credentials.Header, credentials.Value));
    }

    [Fact]
    public void A_key_is_shown_in_its_header_field_and_nowhere_else()
    {
        Assert.True(FeedCredentials.TryParse("https://feed.example/v3/index.json X-NuGet-ApiKey: k-1", out var credentials));

        Assert.Equal(("X-NuGet-ApiKey", "k-1", "https://feed.example/v3/index.json"), (credentials.Header, credentials.Value, credentials.ToString()));
    }

    [Theory]
    [InlineData("https://feed.example/v3/index.json")]
    [InlineData("https://feed.example/v3/index.json me")]
    [InlineData("https://feed.example/v3/index.json :secret")]
    [InlineData("https://feed.example/v3/index.json me:")]
    [InlineData("https://feed.example/v3/index.json X Key: value")]
    [InlineData("https://feed.example/v3/index.json X-Key: a\r\nHost: b")]
    [InlineData("https://me:secret@feed.example/index.json me:secret")]
    [InlineData("http://feed.example/v3/index.json me:secret")]
    [InlineData("/srv/feed me:secret")]
    [InlineData("")]
    public void Anything_else_and_what_would_go_in_plain_text_over_the_network_is_no_credential(string text) => Assert.False(FeedCredentials.TryParse(text, out _));

    [Theory]
    [InlineData("https://feed.example/other/file", true)]
    [InlineData("https://FEED.example:443/", true)]
    [InlineData("https://feed.example:8443/", false)]
    [InlineData("http://feed.example/", false)]
    [InlineData("https://feed.example.evil.example/", false)]
    public void They_are_for_the_feeds_own_host_alone(string address, bool expected)
    {
        Assert.True(FeedCredentials.TryParse("https://feed.example/v3/index.json me:secret", out var credentials));

        Assert.Equal(expected, credentials.AreFor(new Uri(address)));
    }
}
