using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Faxes;

/// <summary><c>/fax</c>: sending and reading.</summary>
internal static class FaxEndpoints
{
    public static void MapFaxes(this IEndpointRouteBuilder routes, ApiOptions options)
    {
        var faxes = routes.MapGroup("/fax").WithTags("Faxes");
        faxes.MapPost("", SendAsync).RequireScope(Scopes.FaxSend)
            .WithSummary("Send a fax; 202 says that document and job are on the disk")
            .WithMetadata(new MultipartBody(typeof(FaxForm)))
            .ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(507)
            .WithMetadata(new BodyLimit(options.MostDocumentOctets + HttpLimits.FormFields));
        faxes.MapGet("", ListAsync).RequireScope(Scopes.FaxRead).WithSummary("List faxes, the newest first");
        faxes.MapGet("/{id}", FindAsync).RequireScope(Scopes.FaxRead).WithSummary("What became of a fax").ProducesProblem(404);
        faxes.MapGet("/{id}/attempts", AttemptsAsync).RequireScope(Scopes.FaxRead).WithSummary("Its attempts, with each page and the evidence").ProducesProblem(404);
        faxes.MapFaxActions();
        faxes.MapFaxDocument();
        routes.MapFaxEvents();
    }

    private static async Task<Accepted<FaxView>> SendAsync(HttpContext http, FaxIntake intake, DocumentLinks links)
    {
        var fax = await intake.AcceptAsync(http.Request, http.Caller(), http.RequestAborted);
        return TypedResults.Accepted($"/fax/{fax.Id}", await links.AddAsync(FaxView.Of(fax), http));
    }

    private static async Task<Ok<FaxList>> ListAsync(HttpContext http, [AsParameters] FaxFilter filter, IJobBook jobs)
    {
        var page = await jobs.ListAsync(filter.ToQuery(http.Caller().OwnKeyOnly), http.RequestAborted);
        return TypedResults.Ok(new FaxList(page.Total, [.. page.Jobs.Select(FaxView.Of)]));
    }

    private static async Task<Results<Ok<FaxView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, IJobBook jobs, DocumentLinks links) =>
        await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is { } job
            ? TypedResults.Ok(await links.AddAsync(FaxView.Of(job), http))
            : NoSuchFax();

    private static async Task<Results<Ok<IReadOnlyList<AttemptView>>, ProblemHttpResult>> AttemptsAsync(HttpContext http, string id, IJobBook jobs)
    {
        if (await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return NoSuchFax();
        var attempts = await jobs.AttemptsAsync(id, http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<AttemptView>>([.. attempts.Select(AttemptView.Of)]);
    }

    /// <summary>There is none, or the key may not know of it: both read the same.</summary>
    public static ProblemHttpResult NoSuchFax() => Problems.Of(ProblemKind.NotFound, "There is no such fax.");
}
