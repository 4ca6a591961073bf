using System.Security.Claims;
using System.Text.Encodings.Web;
using Faxbot.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Faxbot.Server.Keys;

/// <summary>Reads the key of a request from <c>X-API-Key</c> or <c>Authorization: Bearer</c>; who shows none is nobody.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, KeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "api-key";
    public const string Header = "X-API-Key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ShownToken() is not { } shown) return AuthenticateResult.NoResult();
        if (await keys.AuthenticateAsync(shown, Context.RequestAborted) is not { } caller) return AuthenticateResult.Fail("The key is not valid.");
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.KeyId)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // RFC 9110 11.6.1: a 401 names how to authenticate.
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(ProblemKind.Unauthenticated, $"Send a valid API key in the header {Header}.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        return Problems.Of(ProblemKind.ScopeMissing, $"The key lacks the scope {scope}.").ExecuteAsync(Context);
    }

    private string? ShownToken()
    {
        if (Request.Headers[Header] is [{ Length: > 0 } key]) return key;
        return Request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : null;
    }
}
