using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Faxes;

/// <summary><c>/fax/{id}/cancel</c>, <c>/resend</c> and <c>/resolve</c>.</summary>
internal static class FaxActionEndpoints
{
    public static void MapFaxActions(this IEndpointRouteBuilder faxes)
    {
        var one = faxes.MapGroup("/{id}").RequireScope(Scopes.FaxSend);
        one.MapPost("/cancel", CancelAsync).WithSummary("Ask for its end; what is under way ends as soon as it can").ProducesProblem(404).ProducesProblem(409);
        one.MapPost("/resend", ResendAsync).WithSummary("Send the same document again, as a fax of its own").ProducesProblem(404).ProducesProblem(409);
        one.MapPost("/resolve", ResolveAsync).WithSummary("Say whether a fax arrived whose outcome is unknown").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Results<Ok<FaxView>, ProblemHttpResult>> CancelAsync(HttpContext http, string id, IJobBook jobs, AuditLog audit)
    {
        if (await jobs.CancelAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is not { } job) return FaxEndpoints.NoSuchFax();
        if (job.State is JobState.Success or JobState.Failed) return Problems.Of(ProblemKind.Conflict, "It has ended already.");
        await audit.RecordAsync(http, AuditAction.FaxCancelled, id);
        return TypedResults.Ok(FaxView.Of(job));
    }

    private static async Task<Results<Accepted<FaxView>, ProblemHttpResult>> ResendAsync(
        HttpContext http, string id, IJobBook jobs, ContentStore contents, FaxIntake intake, AuditLog audit)
    {
        if (await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is not { } earlier) return FaxEndpoints.NoSuchFax();
        if (!JobLife.IsFinal(earlier.State) && earlier.State != JobState.Unknown) return Problems.Of(ProblemKind.Conflict, "It has not ended yet; cancel it first.");
        await contents.KeepAsync(earlier.Document, http.RequestAborted);
        var again = await intake.ResendAsync(http.Request, earlier, http.Caller(), http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.FaxResent, id, again.Id);
        return TypedResults.Accepted($"/fax/{again.Id}", FaxView.Of(again));
    }

    private static async Task<Results<Ok<FaxView>, ProblemHttpResult>> ResolveAsync(HttpContext http, string id, Resolution resolution, IJobBook jobs, AuditLog audit)
    {
        if (await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return FaxEndpoints.NoSuchFax();
        if (resolution.Arrived is not { } arrived) return Problems.Of(ProblemKind.Invalid, "arrived: true or false.");
        if (await jobs.ResolveAsync(id, arrived, http.RequestAborted) is not { } job) return Problems.Of(ProblemKind.Conflict, "Its outcome is not unknown.");
        await audit.RecordAsync(http, AuditAction.FaxResolved, id, arrived ? "arrived" : "did not arrive");
        return TypedResults.Ok(FaxView.Of(job));
    }

    /// <summary>What a person found out.</summary>
    /// <param name="Arrived">Whether all of it arrived.</param>
    internal sealed record Resolution(bool? Arrived);
}
