using Faxbot.Server.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Health;

/// <summary><c>/health</c>: whether the process lives, and whether it could work. Asked by machines, often, and so without limits.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").DisableRateLimiting();
        health.MapGet("", Live).WithSummary("The process lives");
        health.MapGet("/ready", ReadyAsync).WithSummary("Whether all that it needs works; 503 names what does not").Produces<ReadinessReport>(503);
    }

    private static Ok<Acknowledgement> Live() => TypedResults.Ok(Acknowledgement.Ok);

    private static async Task<JsonHttpResult<ReadinessReport>> ReadyAsync(HttpContext http, Readiness readiness)
    {
        var report = await readiness.LookAsync(http.RequestAborted);
        return TypedResults.Json(report, statusCode: report.Status == ReadinessReport.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
