using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Messages;

/// <summary><c>/messages</c>: sending text messages, and reading those of both directions.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messages").WithTags("Messages");
        messages.MapPost("", SendAsync).RequireScope(Scopes.MessageSend)
            .WithSummary("Send a text message; 202 says that it is on the disk").ProducesProblem(400).ProducesProblem(409);
        messages.MapPost("/preview", PreviewAsync).RequireScope(Scopes.MessageSend)
            .WithSummary("How a text would be coded and cut, and its price by route where that is known; nothing is sent").ProducesProblem(400);
        messages.MapGet("", ListAsync).RequireScope(Scopes.MessageRead).WithSummary("List messages of both directions, the newest first; before=ID turns the page").ProducesProblem(400);
        messages.MapGet("/threads", ThreadsAsync).RequireScope(Scopes.MessageRead)
            .WithSummary("What was written between each pair of numbers, the last one first; before=LAST_ID turns the page");
        messages.MapGet("/{id}", FindAsync).RequireScope(Scopes.MessageRead).WithSummary("What became of a message, with its attempts and their evidence").ProducesProblem(404);
        messages.MapGet("/{id}/events", FollowAsync).WithTags("Events").RequireScope(Scopes.MessageRead).RequireRateLimiting(RateLimits.Streams)
            .WithSummary("What happened and happens to a message").ProducesProblem(404);
        messages.MapPost("/{id}/cancel", CancelAsync).RequireScope(Scopes.MessageSend)
            .WithSummary("Ask for its end; what a provider has cannot be called back, and is not tried again").ProducesProblem(404).ProducesProblem(409);
        messages.MapPost("/{id}/resolve", ResolveAsync).RequireScope(Scopes.MessageSend)
            .WithSummary("Say whether a message arrived of which nobody can tell").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Accepted<MessageView>> SendAsync(HttpContext http, MessageSubmission submission, MessageIntake intake)
    {
        var item = await intake.AcceptAsync(http.Request, submission, http.Caller(), http.RequestAborted);
        return TypedResults.Accepted($"/messages/{item.Id}", MessageView.Of(item));
    }

    private static async Task<Ok<PreviewedMessage>> PreviewAsync(HttpContext http, MessageSubmission submission, MessagePreview preview) =>
        TypedResults.Ok(await preview.OfAsync(submission, http.RequestAborted));

    private static async Task<Ok<MessageList>> ListAsync(HttpContext http, [AsParameters] MessageFilter filter, MessageBook book) =>
        TypedResults.Ok(new MessageList(await book.ListAsync(filter.ToQuery(http.Caller().OwnItemsOnly), http.RequestAborted)));

    private static async Task<Ok<IReadOnlyList<MessageThread>>> ThreadsAsync(HttpContext http, MessageBook book, string? number, string? before, int limit = 50) =>
        TypedResults.Ok(await book.ThreadsAsync(http.Caller().OwnItemsOnly, number, before, Math.Clamp(limit, 1, HttpLimits.ListedRows), http.RequestAborted));

    private static async Task<Results<Ok<MessageView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, MessageBook book) =>
        await book.FindAsync(id, http.Caller().OwnItemsOnly, http.RequestAborted) is { } message ? TypedResults.Ok(message) : NoSuchMessage();

    private static async Task<Results<ServerSentEventsResult<string>, ProblemHttpResult>> FollowAsync(
        HttpContext http, string id, MessageBook book, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host)
    {
        if (await book.FindAsync(id, http.Caller().OwnItemsOnly, http.RequestAborted) is not { } message) return NoSuchMessage();
        var subject = message.Direction == MessageDirection.Inbound ? new EventSubject(null, null, id) : new EventSubject(null, id, null);
        return FaxEventEndpoints.Follow(http, subject, jobs, time, host);
    }

    private static async Task<Results<Ok<MessageView>, ProblemHttpResult>> CancelAsync(HttpContext http, string id, OutboxStore outbox, AuditLog audit)
    {
        if (await outbox.CancelAsync(MessageKind.Message, id, http.Caller().OwnItemsOnly, http.RequestAborted) is not { } item) return NoSuchMessage();
        if (item.State is OutboxState.Delivered or OutboxState.Undelivered or OutboxState.Unknown) return Problems.Of(ProblemKind.Conflict, "It has ended already.");
        await audit.RecordAsync(http, AuditAction.MessageCancelled, id);
        return TypedResults.Ok(MessageView.Of(item));
    }

    private static async Task<Results<Ok<MessageView>, ProblemHttpResult>> ResolveAsync(HttpContext http, string id, Resolution resolution, OutboxStore outbox, AuditLog audit)
    {
        if (resolution.Arrived is not { } arrived) return Problems.Of(ProblemKind.Invalid, "arrived: true or false.");
        var keyId = http.Caller().OwnItemsOnly;
        if (await outbox.FindAsync(MessageKind.Message, id, keyId, http.RequestAborted) is not { } before) return NoSuchMessage();
        if (before.State != OutboxState.Unknown) return Problems.Of(ProblemKind.Conflict, "Its outcome is not unknown.");
        var item = await outbox.ResolveAsync(MessageKind.Message, id, keyId, arrived, http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.MessageResolved, id, arrived ? "arrived" : "did not arrive");
        return TypedResults.Ok(MessageView.Of(item!));
    }

    /// <summary>There is none, or the key may not know of it: both read the same.</summary>
    private static ProblemHttpResult NoSuchMessage() => Problems.Of(ProblemKind.NotFound, "There is no such message.");

    /// <summary>What a person found out.</summary>
    /// <param name="Arrived">Whether it arrived.</param>
    internal sealed record Resolution(bool? Arrived);

    /// <summary>Some of the messages that were asked for.</summary>
    /// <param name="Messages">The newest first.</param>
    internal sealed record MessageList(IReadOnlyList<MessageView> Messages);
}
