using System.Net;
using Faxbot.PluginHost.Http;

namespace Faxbot.PluginHost.Tests.Http;

public sealed class PluginHttpTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_allowed_host_is_reached()
    {
        using var http = Client();

        Assert.Equal("hello", await http.GetStringAsync(server.Address("hello"), Cancel));
    }

    [Fact]
    public async Task Another_host_is_refused()
    {
        using var http = Client();

        var e = await Assert.ThrowsAsync<UndeclaredHostException>(() => http.GetAsync(new Uri("https://example.org/"), Cancel));

        Assert.Equal("example.org is not one of the manifest's allowed_hosts.", e.Message);
    }

    [Fact]
    public async Task Only_https_is_spoken()
    {
        using var http = Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://localhost/"), Cancel));
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_not_followed()
    {
        using var http = Client();

        var e = await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(server.Address("elsewhere"), null, Cancel));

        Assert.Contains("127.0.0.1 is not one of", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_not_reached_whatever_its_name()
    {
        using var http = PluginHttp.Create(new AllowedHosts(["localhost"]), PublicAddress.Is, () => server.Sockets());

        var e = await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(server.Address("hello"), null, Cancel));

        Assert.Contains("localhost has no public address", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_repeated_is_repeated_and_nothing_else()
    {
        using var http = Client();

        using var got = await http.GetAsync(server.Address("once-busy/get"), Cancel);
        using var posted = await http.PostAsync(server.Address("once-busy/post"), null, Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (got.StatusCode, posted.StatusCode));
    }

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("API.example.com", true)]
    [InlineData("a.b.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("evil-example.org", false)]
    [InlineData("api.example.com.evil.net", false)]
    public void Names_are_exact_and_wildcards_cover_what_is_below(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, new AllowedHosts(["api.example.com", "*.example.org"]).Hold(host));

    private HttpClient Client() => PluginHttp.Create(new AllowedHosts(["localhost"]), _ => true, () => server.Sockets());
}
