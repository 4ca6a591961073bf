using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Webhooks;

/// <summary><c>/webhook-endpoints</c>: the addresses that a key has told about its faxes and messages.</summary>
internal static class WebhookEndpointRoutes
{
    private const int LongestNote = 200;
    private const int MostEvents = 50;
    private const int LongestEvent = 50;
    private static readonly string[] All = [WebhookStore.AllEvents];

    public static void MapWebhookEndpoints(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.MapGroup("/webhook-endpoints").WithTags("Webhooks to you").RequireScope(Scopes.FaxSend, Scopes.MessageSend);
        endpoints.MapPost("", AddAsync).WithSummary("Register an address; its secret is shown this once").ProducesProblem(400);
        endpoints.MapGet("", ListAsync).WithSummary("The key's addresses, those that its faxes named included");
        endpoints.MapGet("/fax-secret", SecretAsync).WithSummary("The secret that signs what is told to the webhook_url of a fax, message or call");
        endpoints.MapGet("/{id}", FindAsync).WithSummary("An address, and whether it takes what it is told").ProducesProblem(404);
        endpoints.MapPut("/{id}", ChangeAsync).WithSummary("Change it, or switch it on again").ProducesProblem(400).ProducesProblem(404);
        endpoints.MapDelete("/{id}", DeleteAsync).WithSummary("Tell it nothing more").ProducesProblem(404);
        endpoints.MapGet("/{id}/deliveries", DeliveriesAsync).WithSummary("What it was told, the newest first; before=EVENT turns the page").ProducesProblem(404);
    }

    private static async Task<Ok<AddedEndpoint>> AddAsync(HttpContext http, EndpointRequest request, WebhookStore webhooks, WebhookAddressRules rules, AuditLog audit)
    {
        Check(request, rules);
        var (endpoint, secret) = await webhooks.AddAsync(http.Caller().KeyId, request.Url!, request.Events ?? All, request.Note, http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.WebhookCreated, endpoint.Id);
        return TypedResults.Ok(new AddedEndpoint(endpoint, secret));
    }

    private static async Task<Ok<IReadOnlyList<WebhookEndpoint>>> ListAsync(HttpContext http, WebhookStore webhooks) =>
        TypedResults.Ok(await webhooks.ListAsync(http.Caller().OwnKeyOnly, http.RequestAborted));

    private static async Task<Ok<FaxSecret>> SecretAsync(HttpContext http, GatewaySecret secret) =>
        TypedResults.Ok(new FaxSecret(WebhookSignature.SecretOfKey(await secret.GetAsync(http.RequestAborted), http.Caller().KeyId)));

    private static async Task<Results<Ok<WebhookEndpoint>, ProblemHttpResult>> FindAsync(HttpContext http, string id, WebhookStore webhooks) =>
        await webhooks.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is { } endpoint ? TypedResults.Ok(endpoint) : NoSuchEndpoint();

    private static async Task<Results<Ok<WebhookEndpoint>, ProblemHttpResult>> ChangeAsync(
        HttpContext http, string id, EndpointRequest request, WebhookStore webhooks, WebhookAddressRules rules, AuditLog audit)
    {
        if (await webhooks.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is not { } endpoint) return NoSuchEndpoint();
        request = request with { Url = request.Url ?? endpoint.Url };
        Check(request, rules);
        if (endpoint.ForFaxes && request.Url != endpoint.Url) return Problems.Of(ProblemKind.Conflict, "A fax named it: its address cannot be changed.");
        await webhooks.ChangeAsync(
            endpoint with { Url = request.Url!, Events = request.Events ?? endpoint.Events, Note = request.Note ?? endpoint.Note, Enabled = request.Enabled ?? endpoint.Enabled },
            http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.WebhookChanged, id);
        return await FindAsync(http, id, webhooks);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, string id, WebhookStore webhooks, AuditLog audit)
    {
        if (await webhooks.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return NoSuchEndpoint();
        await webhooks.DeleteAsync(id, http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.WebhookDeleted, id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<IReadOnlyList<WebhookDelivery>>, ProblemHttpResult>> DeliveriesAsync(
        HttpContext http, string id, WebhookStore webhooks, long? before, int limit = 100)
    {
        if (await webhooks.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return NoSuchEndpoint();
        return TypedResults.Ok(await webhooks.DeliveriesAsync(id, before ?? long.MaxValue, Math.Clamp(limit, 1, HttpLimits.ListedRows), http.RequestAborted));
    }

    private static void Check(EndpointRequest request, WebhookAddressRules rules)
    {
        var errors = new FieldErrors();
        if (rules.Problem(request.Url ?? "") is { } problem) errors.Add("url", problem);
        if (request.Events is { } events && (events.Count is 0 or > MostEvents || events.Any(type => type.Length is 0 or > LongestEvent || type.Contains(' '))))
            errors.Add("events", "Types of events, such as fax.success; leave it out for all.");
        if (request.Note?.Length > LongestNote) errors.Add("note", $"At most {LongestNote} characters.");
        errors.ThrowIfAny();
    }

    private static ProblemHttpResult NoSuchEndpoint() => Problems.Of(ProblemKind.NotFound, "There is no such endpoint.");

    /// <summary>What an endpoint is to be; what is left out stays as it is.</summary>
    /// <param name="Url">An https address.</param>
    /// <param name="Events">The types of events that it is told; all when nothing is said.</param>
    /// <param name="Note">Anything worth knowing.</param>
    /// <param name="Enabled">Whether it is told anything.</param>
    internal sealed record EndpointRequest(string? Url = null, IReadOnlyList<string>? Events = null, string? Note = null, bool? Enabled = null);

    /// <summary>A new endpoint.</summary>
    /// <param name="Endpoint">It.</param>
    /// <param name="Secret">Signs what it is told.</param>
    internal sealed record AddedEndpoint(WebhookEndpoint Endpoint, string Secret);

    /// <summary>The secret for addresses that faxes name.</summary>
    /// <param name="Secret">The same whenever it is asked for.</param>
    internal sealed record FaxSecret(string Secret);
}
