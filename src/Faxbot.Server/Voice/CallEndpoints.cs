using Faxbot.Lines.Recordings;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Voice;

/// <summary><c>/calls</c>: calling numbers and playing recordings.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/calls").WithTags("Voice calls");
        calls.MapPost("", PlaceAsync).RequireScope(Scopes.CallSend).WithMetadata(new MultipartBody(typeof(CallForm)), new BodyLimit(WavFile.MostOctets + HttpLimits.FormFields))
            .WithSummary("Call a number and play a recording once it is answered; 202 says that it is on the disk").ProducesProblem(400).ProducesProblem(409).ProducesProblem(415);
        calls.MapGet("", ListAsync).RequireScope(Scopes.CallRead).WithSummary("List voice calls, the newest first; before=ID turns the page").ProducesProblem(400);
        calls.MapGet("/{id}", FindAsync).RequireScope(Scopes.CallRead).WithSummary("What became of a call, with its attempts: whether each was answered").ProducesProblem(404);
        calls.MapPost("/{id}/cancel", CancelAsync).RequireScope(Scopes.CallSend).WithSummary("Ask for its end, whether it waits, rings or plays").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Accepted<CallView>> PlaceAsync(HttpContext http, CallIntake intake)
    {
        var item = await intake.AcceptAsync(http.Request, http.Caller(), http.RequestAborted);
        return TypedResults.Accepted($"/calls/{item.Id}", CallView.Of(item));
    }

    private static async Task<Ok<CallList>> ListAsync(HttpContext http, OutboxStore outbox, OutboxState? state, string? number, string? before, int limit = 50)
    {
        var query = new OutboxQuery
        {
            Kind = CallKind.Call,
            KeyId = http.Caller().OwnItemsOnly,
            States = state is { } only ? [only] : null,
            Number = number,
            Before = before,
            Limit = Math.Clamp(limit, 1, HttpLimits.ListedRows),
        };
        return TypedResults.Ok(new CallList([.. (await outbox.ListAsync(query, http.RequestAborted)).Select(CallView.Of)]));
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, OutboxStore outbox)
    {
        if (await outbox.FindAsync(CallKind.Call, id, http.Caller().OwnItemsOnly, http.RequestAborted) is not { } item) return NoSuchCall();
        return TypedResults.Ok(CallView.Of(item) with { Attempts = [.. (await outbox.AttemptsAsync(id, http.RequestAborted)).Select(CallAttemptView.Of)] });
    }

    private static async Task<Results<Ok<CallView>, ProblemHttpResult>> CancelAsync(HttpContext http, string id, OutboxStore outbox, AuditLog audit)
    {
        if (await outbox.CancelAsync(CallKind.Call, id, http.Caller().OwnItemsOnly, http.RequestAborted) is not { } item) return NoSuchCall();
        if (item.State is OutboxState.Delivered or OutboxState.Undelivered or OutboxState.Unknown) return Problems.Of(ProblemKind.Conflict, "It has ended already.");
        await audit.RecordAsync(http, AuditAction.CallCancelled, id);
        return TypedResults.Ok(CallView.Of(item));
    }

    /// <summary>There is none, or the key may not know of it: both read the same.</summary>
    private static ProblemHttpResult NoSuchCall() => Problems.Of(ProblemKind.NotFound, "There is no such call.");

    /// <summary>Some of the calls that were asked for.</summary>
    /// <param name="Calls">The newest first.</param>
    internal sealed record CallList(IReadOnlyList<CallView> Calls);
}
