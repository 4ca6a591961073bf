using Faxbot.Sdk.Faxes;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Plugins;
using Faxbot.Server.Rendering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Admin;

/// <summary><c>/admin/fax-jobs</c>: the faxes of all keys.</summary>
internal static class FaxJobEndpoints
{
    public static void MapFaxJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/admin/fax-jobs").WithTags("Administration").RequireScope(Scopes.KeysManage);
        jobs.MapGet("", ListAsync).WithSummary("The faxes of all keys, the newest first");
        jobs.MapGet("/{id}", FindAsync).WithSummary("A fax of any key").ProducesProblem(404);
        jobs.MapGet("/{id}/pdf", ReadAsync).WithSummary("Its document as PDF").ProducesPdf().ProducesProblem(404);
        jobs.MapPost("/{id}/refresh", RefreshAsync).WithSummary("Ask its plugin what became of it").ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    private static async Task<Ok<FaxJobList>> ListAsync(HttpContext http, [AsParameters] FaxFilter filter, IJobBook jobs)
    {
        var page = await jobs.ListAsync(filter.ToQuery(keyId: null), http.RequestAborted);
        return TypedResults.Ok(new FaxJobList(page.Total, [.. page.Jobs.Select(FaxView.Of)]));
    }

    private static async Task<Results<Ok<FaxView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, IJobBook jobs) =>
        await jobs.FindAsync(id, null, http.RequestAborted) is { } job ? TypedResults.Ok(FaxView.Of(job)) : FaxEndpoints.NoSuchFax();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, IJobBook jobs, PlainForms forms, ContentStore contents, AuditLog audit) =>
        await jobs.FindAsync(id, null, http.RequestAborted) is { } job ? await FaxDocumentEndpoints.PdfAsync(http, job, forms, contents, audit) : FaxEndpoints.NoSuchFax();

    private static async Task<Results<Ok<FaxView>, ProblemHttpResult>> RefreshAsync(
        HttpContext http, string id, IJobBook jobs, IFaxBackends backends, AttemptLedger attempts, AuditLog audit)
    {
        var cancel = http.RequestAborted;
        if (await jobs.FindAsync(id, null, cancel) is not { } job) return FaxEndpoints.NoSuchFax();
        if (JobLife.IsFinal(job.State) || await jobs.AttemptsAsync(id, cancel) is not [.., var attempt]) return TypedResults.Ok(FaxView.Of(job));
        if (backends.Find(attempt.PluginId) is not { } backend) return Problems.Of(ProblemKind.Conflict, $"The plugin {attempt.PluginId} is not enabled.");
        var status = await backend.GetStatusAsync(new FaxReference { JobId = id, AttemptId = attempt.Id, ProviderId = attempt.ProviderId }, cancel);
        await attempts.StatusAsync(attempt.PluginId, attempt.Id, attempt.ProviderId, status, cancel);
        await audit.RecordAsync(http, AuditAction.FaxRefreshed, id);
        return await FindAsync(http, id, jobs);
    }

    /// <summary>Some of the faxes that were asked for; the field is called as clients of old read it.</summary>
    /// <param name="Total">How many there are in all, counted up to ten thousand.</param>
    /// <param name="Jobs">The newest first.</param>
    internal sealed record FaxJobList(long Total, IReadOnlyList<FaxView> Jobs);
}
