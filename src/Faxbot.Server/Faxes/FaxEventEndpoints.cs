using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Faxes;

/// <summary>
/// <c>/events</c> and <c>/fax/{id}/events</c>: what happens, as server-sent events. Who comes back with <c>Last-Event-ID</c> misses none. A stream of one
/// fax begins with its first event, the stream of all with the next one.
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
        routes.MapGet("/events", FollowAllAsync).WithTags("Events").RequireScope(Scopes.FaxRead).RequireRateLimiting(RateLimits.Streams)
            .WithSummary("What happens to the key's faxes from now on, or after Last-Event-ID");
        routes.MapGet("/fax/{id}/events", FollowOneAsync).WithTags("Events").RequireScope(Scopes.FaxRead).RequireRateLimiting(RateLimits.Streams)
            .WithSummary("What happened and happens to a fax").ProducesProblem(404);
    }

    private static async Task<ServerSentEventsResult<string>> FollowAllAsync(HttpContext http, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host)
    {
        var after = LastSeen(http.Request) ?? await jobs.LastEventAsync(http.RequestAborted);
        return TypedResults.ServerSentEvents(StreamAsync(jobs, time, new Followed(after, null, http.Caller().OwnKeyOnly), host.ApplicationStopping, http.RequestAborted));
    }

    private static async Task<Results<ServerSentEventsResult<string>, ProblemHttpResult>> FollowOneAsync(
        HttpContext http, string id, IJobBook jobs, TimeProvider time, IHostApplicationLifetime host)
    {
        if (await jobs.FindAsync(id, http.Caller().OwnKeyOnly, http.RequestAborted) is null) return FaxEndpoints.NoSuchFax();
        var followed = new Followed(LastSeen(http.Request) ?? 0, id, null);
        return TypedResults.ServerSentEvents(StreamAsync(jobs, time, followed, host.ApplicationStopping, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        IJobBook jobs, TimeProvider time, Followed followed, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        var cancel = either.Token;
        var last = followed.After;
        var quietSince = time.GetUtcNow();
        yield return Heartbeat;
        while (!cancel.IsCancellationRequested)
        {
            var changed = jobs.ChangedAsync(cancel);
            var events = await jobs.EventsAsync(last, followed.FaxId, followed.KeyId, Batch, cancel);
            foreach (var happened in events)
            {
                last = happened.Id;
                yield return new SseItem<string>(Text(happened), happened.Type) { EventId = last.ToString(CultureInfo.InvariantCulture) };
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

    private static string Text(JobEvent happened)
    {
        using var data = JsonDocument.Parse(happened.Data);
        return JsonSerializer.Serialize(new { happened.Id, happened.Type, happened.At, happened.FaxId, Data = data.RootElement }, SdkJson.Options);
    }

    // EventSource sends the header when it connects again; the parameter is for clients that begin where an earlier run ended.
    private static long? LastSeen(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : request.Query["after"].ToString(), CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private sealed record Followed(long After, string? FaxId, string? KeyId);
}
