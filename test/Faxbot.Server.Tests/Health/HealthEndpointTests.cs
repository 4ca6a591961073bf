using System.Net;
using System.Text.Json;
using Faxbot.Server.Content;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Health;

public sealed class HealthEndpointTests : EndpointTests
{
    [Fact]
    public async Task A_process_that_lives_says_ok()
    {
        using var anonymous = Gateway.Anonymous();

        Assert.Equal("""{"status":"ok"}""", await anonymous.GetStringAsync("/health", Cancel));
    }

    [Fact]
    public async Task A_gateway_whose_parts_work_is_ready()
    {
        Gateway.Backends.Enable("faxbot-sip");

        var (status, report) = await ReadyAsync();

        Assert.Equal((HttpStatusCode.OK, "ready", "faxbot-sip"), (status, report.GetProperty("status").GetString(), report.GetProperty("backend").GetString()));
        Assert.Equal(["database", "plugin:faxbot-sip", "storage"], report.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order());
        Assert.All(report.GetProperty("checks").EnumerateObject(), check => Assert.True(check.Value.GetBoolean()));
        Assert.Equal(0, report.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public async Task What_does_not_work_is_named()
    {
        Gateway.Backends.Enable("faxbot-sip", isReady: false);
        Gateway.Get<ContentStore>();
        Directory.Delete(Gateway.Contents, recursive: true);
        await File.WriteAllTextAsync(Gateway.Contents, "no folder", Cancel);

        var (status, report) = await ReadyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready"), (status, report.GetProperty("status").GetString()));
        Assert.Equal(["plugin:faxbot-sip", "storage"], report.GetProperty("checks").EnumerateObject().Where(check => !check.Value.GetBoolean()).Select(check => check.Name).Order());
        Assert.Equal(2, report.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public async Task What_was_found_is_looked_at_again_after_a_moment()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync()).Status);
        Gateway.Backends.Enable("faxbot-sip");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync()).Status);

        Gateway.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync()).Status);
    }

    private async Task<(HttpStatusCode Status, JsonElement Report)> ReadyAsync()
    {
        using var anonymous = Gateway.Anonymous();
        using var answer = await anonymous.GetAsync("/health/ready", Cancel);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)));
    }
}
