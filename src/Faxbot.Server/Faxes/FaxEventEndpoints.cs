using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Faxes;

/// <summary>
/// <c>/events</c>, <c>/fax/{id}/events</c> and the same of other things: what happens, as server-sent events. Who comes back with <c>Last-Event-ID</c> misses none. A stream of one
/// thing begins with its first event, the stream of all with the next one.
/// </summary>
internal static class FaxEventEndpoints
{
    private const int Batch = 100;
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    // What other gateways on the same rows write is seen so late at the latest.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    // The first one tells the client that the stream stands before anything has happened; later ones, that it still does.
    private static SseItem<string> Heartbeat => new("{}", "heartbeat");

    public static void MapFaxEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", FollowAllAsync).WithTags("Events").RequireScope(Scopes.FaxRead, Scopes.MessageRead).RequireRateLimiting(RateLimits.Streams)
            .WithSummary("What happens to the key's faxes and messages, as far as it may read them, from now on or after Last-Event-ID");
        routes.MapGet("/fax/{id}/events", FollowOneAsync).WithTags("Events").RequireScope(Scopes.FaxRead).RequireRateLimiting(RateLimits.Streams)
            .WithSummary("What happened and happens to a fax").ProducesProblem(404);
    }

    /// <summary>The stream of one fax, item or message; who may read it was looked at.</summary>
    public static ServerSentEventsResult<string> Follow(HttpContext http, EventSubject subject, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host) =>
        Stream(http, LastSeen(http.Request) ?? 0, new EventFilter { Only = subject }, jobs, time, host);

    private static async Task<ServerSentEventsResult<string>> FollowAllAsync(HttpContext http, IJobBook jobs, OutboxKinds kinds, TimeProvider time, IHostApplicationLifetime host)
    {
        var caller = http.Caller();
        var filter = new EventFilter
        {
            FaxesOf = caller.May(Scopes.FaxRead) ? caller.OwnKeyOnly ?? "" : null,
            ItemsOf = caller.OwnItemsOnly ?? "",
            Kinds = [.. kinds.All.Where(kind => caller.May(kind.ReadScope)).Select(kind => kind.Word)],
            Received = caller.May(Scopes.MessageRead),
        };
        return Stream(http, LastSeen(http.Request) ?? await jobs.LastEventAsync(http.RequestAborted), filter, jobs, time, host);
    }

    private static async Task<Results<ServerSentEventsResult<string>, ProblemHttpResult>> FollowOneAsync(
        HttpContext http, string id, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host)
    {
        if (await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return FaxEndpoints.NoSuchFax();
        return Follow(http, new EventSubject(id, null, null), jobs, time, host);
    }

    private static ServerSentEventsResult<string> Stream(
        HttpContext http, long after, EventFilter filter, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host) =>
        TypedResults.ServerSentEvents(StreamAsync(jobs, time, after, filter, host.ApplicationStopping, http.RequestAborted));

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        IJobBook jobs, TimeProvider time, long after, EventFilter filter, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        var cancel = either.Token;
        var last = after;
        var quietSince = time.GetUtcNow();
        yield return Heartbeat;
        while (!cancel.IsCancellationRequested)
        {
            var changed = jobs.ChangedAsync(cancel);
            var events = await jobs.EventsAsync(last, filter, Batch, cancel);
            foreach (var happened in events)
            {
                last = happened.Id;
                yield return new SseItem<string>(EventJson.Write(happened), happened.Type) { EventId = last.ToString(CultureInfo.InvariantCulture) };
            }

            if (events.Count > 0) quietSince = time.GetUtcNow();
            if (events.Count == Batch) continue;
            if (time.GetUtcNow() - quietSince >= HeartbeatEvery)
            {
                quietSince = time.GetUtcNow();
                yield return Heartbeat;
            }

            // Ends, too, when the client goes; the loop's condition sees it then.
            await Task.WhenAny(changed, Task.Delay(LookEvery, time, cancel));
        }
    }

    // EventSource sends the header when it connects again; the parameter is for clients that begin where an earlier run ended.
    private static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["after"].ToString(), CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
