using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Keys;

/// <summary><c>/admin/api-keys</c>.</summary>
internal static class KeyEndpoints
{
    private const int LongestText = 200;
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);
    private static readonly string[] UsualScopes = [Scopes.FaxSend, Scopes.FaxRead];

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/admin/api-keys").WithTags("API keys").RequireScope(Scopes.KeysManage);
        keys.MapPost("", CreateAsync).WithSummary("Make a key; its token is shown this once");
        keys.MapGet("", ListAsync).WithSummary("List the keys");
        keys.MapDelete("/{keyId}", RevokeAsync).WithSummary("End a key at once");
        keys.MapPost("/{keyId}/rotate", RotateAsync).WithSummary("Give a key a new secret");
    }

    private static async Task<Ok<IssuedKeyView>> CreateAsync(
        HttpContext http, KeyRequest request, KeyStore keys, AuditLog audit, TimeProvider time)
    {
        var scopes = request.Scopes ?? UsualScopes;
        var errors = new FieldErrors();
        Check(errors, "name", request.Name);
        Check(errors, "owner", request.Owner);
        Check(errors, "note", request.Note);
        if (scopes.Count == 0) errors.Add("scopes", "Name at least one.");
        foreach (var scope in scopes.Where(scope => !Scopes.IsKnown(scope)).Distinct()) errors.Add("scopes", $"'{scope}' is not known; known are {Scopes.Listed}.");
        var expiresAt = ExpiresAt(errors, request.ExpiresAt, time.GetUtcNow());
        errors.ThrowIfAny();

        var issued = await keys.CreateAsync(
            new NewApiKey { Name = request.Name ?? "", Owner = request.Owner, Note = request.Note, Scopes = scopes, ExpiresAt = expiresAt },
            http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.KeyCreated, issued.Key.KeyId, string.Join(' ', issued.Key.Scopes));
        return TypedResults.Ok(IssuedKeyView.Of(issued));
    }

    private static async Task<Ok<IReadOnlyList<ApiKey>>> ListAsync(HttpContext http, KeyStore keys) =>
        TypedResults.Ok(await keys.ListAsync(http.RequestAborted));

    private static async Task<Results<Ok<Acknowledgement>, ProblemHttpResult>> RevokeAsync(HttpContext http, string keyId, KeyStore keys, AuditLog audit)
    {
        if (!await keys.RevokeAsync(keyId, http.RequestAborted)) return Problems.Of(ProblemKind.NotFound, "There is no such key.");
        await audit.RecordAsync(http, AuditAction.KeyRevoked, keyId);
        return TypedResults.Ok(Acknowledgement.Ok);
    }

    private static async Task<Results<Ok<IssuedKeyView>, ProblemHttpResult>> RotateAsync(
        HttpContext http, string keyId, KeyRotation? rotation, KeyStore keys, AuditLog audit)
    {
        var grace = TimeSpan.FromSeconds(rotation?.GraceSeconds ?? 0);
        if (grace < TimeSpan.Zero || grace > LongestGrace)
            return Problems.Of(ProblemKind.Invalid, $"grace_seconds: from 0 to {LongestGrace.TotalSeconds}.");
        if (await keys.RotateAsync(keyId, grace, http.RequestAborted) is not { } issued)
            return Problems.Of(ProblemKind.NotFound, "There is no such key, or it was revoked.");
        await audit.RecordAsync(http, AuditAction.KeyRotated, keyId);
        return TypedResults.Ok(IssuedKeyView.Of(issued));
    }

    private static DateTimeOffset? ExpiresAt(FieldErrors errors, string? text, DateTimeOffset now)
    {
        if (text is null) return null;
        if (!Rfc3339.TryParse(text, out var at)) errors.Add("expires_at", "An instant as RFC 3339 with its offset, such as 2027-03-02T09:00:00Z.");
        else if (at <= now) errors.Add("expires_at", "It is in the past.");
        return at;
    }

    private static void Check(FieldErrors errors, string field, string? text)
    {
        if (text?.Length > LongestText) errors.Add(field, $"At most {LongestText} characters.");
    }
}
