using Faxbot.Sdk.Faxes;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Rendering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Faxes;

/// <summary><c>/fax/{id}/pdf</c>: the document of a fax, by token alone, as providers fetch it.</summary>
internal static class FaxDocumentEndpoints
{
    public static void MapFaxDocument(this IEndpointRouteBuilder faxes) =>
        faxes.MapGet("/{id}/pdf", ReadAsync).WithSummary("The document as PDF, by the token of document_url")
            .ProducesPdf().ProducesProblem(403).ProducesProblem(404);

    /// <summary>The document of a fax as PDF, never kept by caches; reading is recorded before it begins.</summary>
    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> PdfAsync(
        HttpContext http, FaxJob job, PlainForms forms, ContentStore contents, AuditLog audit)
    {
        try
        {
            var drawn = await forms.ToPdfAsync(job, http.RequestAborted);
            var pdf = await contents.OpenAsync(drawn.Content, http.RequestAborted);
            await audit.RecordAsync(http, AuditAction.DocumentRead, job.Id);
            return Pdf(http, pdf, job.Id);
        }
        catch (FaxRejectedException cannotBeDrawn)
        {
            return Problems.Of(ProblemKind.Conflict, cannotBeDrawn.Outcome.Sentence);
        }
    }

    /// <summary>A PDF that no cache keeps, and that a browser shows as nothing else.</summary>
    public static FileStreamHttpResult Pdf(HttpContext http, Stream pdf, string id)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(pdf, PdfType, $"{id}.pdf");
    }

    /// <summary>Says in the API's description that the answer is a PDF.</summary>
    public static RouteHandlerBuilder ProducesPdf(this RouteHandlerBuilder endpoint) => endpoint.Produces<Stream>(200, PdfType);

    private const string PdfType = "application/pdf";

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, string? token, DocumentTokens tokens, IJobBook jobs, PlainForms forms, ContentStore contents, AuditLog audit)
    {
        // The token first: who has none does not learn which faxes there are.
        if (!await tokens.OpensAsync(token, DocumentTokens.FaxPdf, id, http.RequestAborted)) return Problems.Of(ProblemKind.TokenInvalid, "The token does not open this document, or not any more.");
        return await jobs.FindAsync(id, null, http.RequestAborted) is { } job ? await PdfAsync(http, job, forms, contents, audit) : FaxEndpoints.NoSuchFax();
    }
}
