using System.Net;
using System.Text;
using Faxbot.Server.Api;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Routing;

namespace Faxbot.Server.Tests.Api;

/// <summary>Each endpoint against no key, a wrong key, and a key with every scope but the right one. New endpoints are found by themselves.</summary>
public sealed class AuthorizationTests : EndpointTests
{
    /// <summary>What anybody may ask; the handlers check tokens and signatures of their own.</summary>
    private static readonly string[] Open =
        ["GET /health", "GET /health/ready", "GET /fax/{id}/pdf", "GET /inbound/{id}/pdf", "GET /openapi.json", "GET /documents/{token}", "GET /webhooks/{pluginId}/{**rest}",
            "POST /webhooks/{pluginId}/{**rest}", "POST /phaxio-callback", "POST /phaxio-inbound", "POST /sinch-inbound", "POST /signalwire-callback"];

    [Fact]
    public void Every_endpoint_requires_a_scope_or_is_known_to_be_open()
    {
        var open = Endpoints().Where(endpoint => endpoint.Scope is null).Select(endpoint => $"{endpoint.Method} {endpoint.Path}").Where(name => !name.Contains("/docs", StringComparison.Ordinal));

        Assert.Equal(Open.Order(), open.Order());
    }

    [Fact]
    public async Task No_key_and_a_wrong_key_get_401_and_too_small_a_one_403()
    {
        using var anonymous = Gateway.Anonymous();
        using var stranger = Gateway.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-API-Key", "fbk_live_0123456789ab_" + new string('a', 43));
        foreach (var (method, path, scope) in Endpoints().Where(endpoint => endpoint.Scope is not null))
        {
            using var lacking = await Gateway.ClientAsync([.. AllScopes.Where(other => scope!.Or.Prepend(scope.Scope).All(enough => other != enough && !Scopes.WiderThan(enough).Contains(other)))]);

            await ExpectAsync(anonymous, method, path, HttpStatusCode.Unauthorized, "/problems/unauthenticated");
            await ExpectAsync(stranger, method, path, HttpStatusCode.Unauthorized, "/problems/unauthenticated");
            await ExpectAsync(lacking.Http, method, path, HttpStatusCode.Forbidden, "/problems/scope-missing");
        }
    }

    [Fact]
    public async Task A_key_is_taken_as_bearer_too()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxRead);
        using var bearer = Gateway.Anonymous();
        bearer.DefaultRequestHeaders.Authorization = new("Bearer", client.Token);

        Assert.Equal(HttpStatusCode.OK, (await bearer.GetAsync("/fax", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_then_on()
    {
        using var client = await Gateway.ClientAsync(Scopes.FaxRead);
        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/fax", Cancel)).StatusCode);

        await Gateway.Get<KeyStore>().RevokeAsync(client.KeyId, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Http.GetAsync("/fax", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_problems_too()
    {
        using var anonymous = Gateway.Anonymous();

        await ExpectAsync(anonymous, "GET", "/nothing", HttpStatusCode.NotFound, "/problems/not-found");
        await ExpectAsync(anonymous, "PATCH", "/health", HttpStatusCode.MethodNotAllowed, "/problems/method-not-allowed");
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back()
    {
        await using var small = await HttpGateway.StartAsync(new ApiOptions { RequestsPerMinute = 3, AnonymousPerMinute = 3 });
        using var client = await small.ClientAsync(Scopes.FaxRead);
        using var other = await small.ClientAsync(Scopes.FaxRead);
        using var anonymous = small.Anonymous();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync("/fax", Cancel)).StatusCode);

        using var refused = await client.Http.GetAsync("/fax", Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/fax", Cancel)).StatusCode);
        for (var i = 0; i < 3; i++) await anonymous.GetAsync("/fax", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await anonymous.GetAsync("/fax", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("/health", Cancel)).StatusCode);
    }

    private static readonly string[] AllScopes = Scopes.Listed.Split(", ").Where(scope => scope != Scopes.All).ToArray();

    private IEnumerable<(string Method, string Path, RequiredScope? Scope)> Endpoints() =>
        from endpoint in Gateway.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<RequiredScope>());

    private static async Task ExpectAsync(HttpClient client, string method, string path, HttpStatusCode status, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{**rest}", "a", StringComparison.Ordinal).Replace('{', 'x').Replace('}', 'x'));
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Cancel);
        Assert.True(answer.StatusCode == status, $"{method} {path}: {answer.StatusCode}");
        Assert.Contains(type, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
