using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Faxbot.Server.Api;

/// <summary>Makes problem documents (RFC 9457). Each has <c>detail</c>, as clients of old expect; where fields are wrong, <c>errors</c> names them.</summary>
internal static class Problems
{
    /// <summary>Where the types stand; relative to the gateway, and described in <c>docs/api.md</c>.</summary>
    public const string TypePrefix = "/problems/";

    public const string MediaType = "application/problem+json";

    public static ProblemHttpResult Of(ProblemKind kind, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var (status, type, title) = Known(kind);
        var document = new ProblemDetails { Status = status, Type = TypePrefix + type, Title = title, Detail = detail };
        if (errors is { Count: > 0 }) document.Extensions["errors"] = errors;
        return TypedResults.Problem(document);
    }

    /// <summary>The problem for an answer that has nothing but a status: the request reached no endpoint.</summary>
    public static ProblemHttpResult OfBare(int status) => Of(OfStatus(status), status switch
    {
        404 => "There is nothing at this address.",
        405 => "This address does not know the method.",
        415 => "Send the body as application/json.",
        _ => "The request cannot be served.",
    });

    /// <summary>The kind that a bare status means.</summary>
    public static ProblemKind OfStatus(int status) => status switch
    {
        401 => ProblemKind.Unauthenticated,
        403 => ProblemKind.ScopeMissing,
        404 => ProblemKind.NotFound,
        405 => ProblemKind.MethodNotAllowed,
        408 => ProblemKind.TooSlow,
        413 => ProblemKind.TooLarge,
        415 => ProblemKind.UnsupportedType,
        429 => ProblemKind.TooManyRequests,
        < 500 => ProblemKind.Invalid,
        503 => ProblemKind.Unavailable,
        _ => ProblemKind.Internal,
    };

    /// <summary>Status, type and title.</summary>
    public static (int Status, string Type, string Title) Known(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => (400, "invalid", "The request is not valid"),
        ProblemKind.Unauthenticated => (401, "unauthenticated", "No valid API key"),
        ProblemKind.ScopeMissing => (403, "scope-missing", "The key may not do that"),
        ProblemKind.TokenInvalid => (403, "token-invalid", "The token is wrong or has expired"),
        ProblemKind.NotFound => (404, "not-found", "There is no such thing"),
        ProblemKind.MethodNotAllowed => (405, "method-not-allowed", "The method is not known here"),
        ProblemKind.TooSlow => (408, "too-slow", "The request came too slowly"),
        ProblemKind.Conflict => (409, "conflict", "It is not in a state for that"),
        ProblemKind.IdempotencyConflict => (409, "idempotency-conflict", "The idempotency key was used for another request"),
        ProblemKind.RevisionConflict => (409, "revision-conflict", "Somebody else changed it meanwhile"),
        ProblemKind.TooLarge => (413, "too-large", "It is too large"),
        ProblemKind.UnsupportedType => (415, "unsupported-type", "That type is not supported"),
        ProblemKind.PackageRefused => (422, "package-refused", "The package cannot be installed"),
        ProblemKind.TooManyRequests => (429, "too-many-requests", "Too many requests"),
        ProblemKind.PluginFailed => (502, "plugin-failed", "A plugin failed"),
        ProblemKind.Unavailable => (503, "unavailable", "Something that is needed cannot be reached"),
        ProblemKind.StorageFull => (507, "storage-full", "There is no room to store it"),
        _ => (500, "internal", "The gateway failed"),
    };
}
