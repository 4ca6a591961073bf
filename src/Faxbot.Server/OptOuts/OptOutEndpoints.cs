using Faxbot.Sdk.Numbers;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Faxes;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.OptOuts;

/// <summary><c>/opt-outs</c>: the numbers that nothing is sent to any more, neither message nor fax.</summary>
internal static class OptOutEndpoints
{
    private const int LongestNote = 200;

    public static void MapOptOuts(this IEndpointRouteBuilder routes)
    {
        var optOuts = routes.MapGroup("/opt-outs").WithTags("Opt-outs");
        optOuts.MapGet("", ListAsync).RequireScope(Scopes.MessageRead).WithSummary("The list, the newest first");
        optOuts.MapPost("", AddAsync).RequireScope(Scopes.MessageSend).WithSummary("Add a number").ProducesProblem(400);
        optOuts.MapDelete("/{number}", DeleteAsync).RequireScope(Scopes.MessageSend).WithSummary("Take a number off the list, as its owner wishes").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Ok<IReadOnlyList<OptOut>>> ListAsync(HttpContext http, OptOutStore optOuts, int limit = 100, int offset = 0) =>
        TypedResults.Ok(await optOuts.ListAsync(Math.Clamp(limit, 1, HttpLimits.ListedRows), Math.Max(offset, 0), http.RequestAborted));

    private static async Task<Ok<OptOut>> AddAsync(HttpContext http, OptOutRequest request, OptOutStore optOuts, ApiOptions options, AuditLog audit)
    {
        var errors = new FieldErrors();
        if (DialString.TryParse(request.Number, options.Country, out var number) is { } problem) errors.Add("number", problem);
        if (request.Note?.Length > LongestNote) errors.Add("note", $"At most {LongestNote} characters.");
        errors.ThrowIfAny();
        var added = await optOuts.AddAsync(number, request.Note, http.Caller().KeyId, http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.OptOutAdded, number.ToString());
        return TypedResults.Ok(added);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, string number, OptOutStore optOuts, AuditLog audit)
    {
        if (!await optOuts.RemoveAsync(new PhoneNumber(number), http.RequestAborted)) return Problems.Of(ProblemKind.NotFound, "The number is not on the list.");
        await audit.RecordAsync(http, AuditAction.OptOutRemoved, new PhoneNumber(number).ToString());
        return TypedResults.NoContent();
    }

    /// <summary>A number for the list.</summary>
    /// <param name="Number">As it is sent to.</param>
    /// <param name="Note">Anything worth knowing.</param>
    internal sealed record OptOutRequest(string? Number, string? Note = null);
}
