using Faxbot.Sdk.Numbers;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Content;
using Faxbot.Server.Faxes;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Faxbot.Server.Inbound;

/// <summary><c>/inbound</c>: faxes that came in.</summary>
internal static class InboundEndpoints
{
    public static void MapInbound(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/inbound").WithTags("Inbound");
        inbox.MapGet("", ListAsync).RequireScope(Scopes.InboundList).WithSummary("Faxes that came in, the newest first");
        inbox.MapGet("/{id}", FindAsync).RequireScope(Scopes.InboundRead).WithSummary("A fax that came in").ProducesProblem(404);
        inbox.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.KeysManage).WithSummary("Delete a fax that came in").ProducesProblem(404);
        inbox.MapGet("/{id}/pdf", ReadAsync).WithSummary("Its pages as PDF, by key or token").ProducesPdf().ProducesProblem(403).ProducesProblem(404);
        inbox.MapPost("/{id}/link", LinkAsync).RequireScope(Scopes.InboundRead).WithSummary("A token that opens its pages for a while without a key").ProducesProblem(404);
    }

    private static async Task<Ok<IReadOnlyList<InboundView>>> ListAsync(HttpContext http, [AsParameters] InboundFilter filter, InboxStore inbox)
    {
        var faxes = await inbox.ListAsync(filter.ToQuery(), http.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<InboundView>>([.. faxes.Select(InboundView.Of)]);
    }

    private static async Task<Results<Ok<InboundView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, InboxStore inbox) =>
        await inbox.FindAsync(id, http.RequestAborted) is { } fax ? TypedResults.Ok(InboundView.Of(fax)) : NoSuchFax();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, string? token, DocumentTokens tokens, InboxStore inbox, ContentStore contents, AuditLog audit)
    {
        var mayRead = http.Features.Get<Caller>()?.May(Scopes.InboundRead) == true || await tokens.OpensAsync(token, DocumentTokens.InboundPdf, id, http.RequestAborted);
        if (!mayRead) return Problems.Of(ProblemKind.TokenInvalid, $"Send a key with the scope {Scopes.InboundRead}, or a token that opens this fax.");
        if (await inbox.FindAsync(id, http.RequestAborted) is not { } fax) return NoSuchFax();
        var pdf = await contents.OpenAsync(fax.Document, http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.InboundRead, id);
        return FaxDocumentEndpoints.Pdf(http, pdf, id);
    }

    private static async Task<Results<Ok<InboundLink>, ProblemHttpResult>> LinkAsync(HttpContext http, string id, InboxStore inbox, DocumentLinks links)
    {
        if (await inbox.FindAsync(id, http.RequestAborted) is null) return NoSuchFax();
        var (token, url) = await links.CreateAsync(DocumentTokens.InboundPdf, id, $"/inbound/{id}/pdf", http);
        return TypedResults.Ok(new InboundLink(token, url));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, string id, InboxStore inbox, AuditLog audit)
    {
        if (!await inbox.DeleteAsync(id, http.RequestAborted)) return NoSuchFax();
        await audit.RecordAsync(http, AuditAction.InboundDeleted, id);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NoSuchFax() => Problems.Of(ProblemKind.NotFound, "There is no such fax.");

    /// <summary>Which faxes a list is to have.</summary>
    internal sealed record InboundFilter
    {
        /// <summary>The number that was called.</summary>
        [FromQuery(Name = "to_number")]
        public string? ToNumber { get; init; }

        public string? Status { get; init; }

        public string? Mailbox { get; init; }

        /// <summary>How many; 100 when nothing is said.</summary>
        public int? Limit { get; init; }

        public int? Offset { get; init; }

        public InboundQuery ToQuery() => new()
        {
            To = ToNumber is { Length: > 0 } number ? new PhoneNumber(number) : null,
            Status = Status,
            Mailbox = Mailbox,
            Limit = Math.Clamp(Limit ?? 100, 1, HttpLimits.ListedRows),
            Offset = Math.Max(Offset ?? 0, 0),
        };
    }

    /// <summary>Opens a fax without a key.</summary>
    /// <param name="Token">For <c>?token=</c>.</param>
    /// <param name="Url">The whole address.</param>
    internal sealed record InboundLink(string Token, string Url);
}
