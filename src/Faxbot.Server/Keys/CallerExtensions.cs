using Faxbot.Server.Api;
using Microsoft.AspNetCore.Mvc;

namespace Faxbot.Server.Keys;

/// <summary>How endpoints say what a caller must be allowed to do, and learn who he is.</summary>
internal static class CallerExtensions
{
    private static readonly object[] Refusals = [.. new[] { 401, 403, 429 }.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [Problems.MediaType]))];

    /// <summary>Whose request it is; only behind <see cref="RequireScope"/>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets anybody in.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint asks for its caller and does not require a scope.");

    /// <summary>Lets only keys in that have the scope, or one of the others: 401 without a valid key, 403 without the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope, params string[] or) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new RequiredScope(scope, or));
        builder.WithMetadata(Refusals);
        builder.RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.Resource is HttpContext http && http.Features.Get<Caller>() is { } caller && or.Prepend(scope).Any(caller.May)));
        return builder;
    }
}

/// <summary>The scope that an endpoint requires, for the API's description and for the problem that names it.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>.</param>
/// <param name="Or">Others of them that will do as well.</param>
internal sealed record RequiredScope(string Scope, params IReadOnlyList<string> Or);
