using Faxbot.Server.Api;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Audit;

/// <summary><c>/admin/audit</c>.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/audit", ListAsync).WithTags("Administration").RequireScope(Scopes.KeysManage)
            .WithSummary("Who did what, the newest first; before=ID turns the page");

    private static async Task<Ok<IReadOnlyList<AuditEntry>>> ListAsync(
        HttpContext http, AuditLog audit, long? before, string? actor, string? subject, string? action, int limit = 100) =>
        TypedResults.Ok(await audit.ListAsync(
            new AuditQuery
            {
                Before = before ?? long.MaxValue,
                Actor = actor,
                Subject = subject,
                Action = action,
                Limit = Math.Clamp(limit, 1, HttpLimits.ListedRows),
            },
            http.RequestAborted));
}
