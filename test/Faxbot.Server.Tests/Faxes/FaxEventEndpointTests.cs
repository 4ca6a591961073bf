using System.Net.ServerSentEvents;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Faxes;

public sealed class FaxEventEndpointTests() : EndpointTests(Scopes.FaxSend, Scopes.FaxRead)
{
    [Fact]
    public async Task A_stream_of_one_fax_begins_at_its_beginning_and_goes_on_as_things_happen()
    {
        var fax = await AcceptAsync(Client.KeyId);
        await using var events = await FollowAsync($"/fax/{fax}/events");

        Assert.Equal("fax.queued", (await events.NextAsync()).EventType);
        await Gateway.Get<IJobBook>().CancelAsync(fax, null, Cancel);
        var cancelled = await events.NextAsync();

        Assert.Equal("fax.cancelled", cancelled.EventType);
        Assert.Contains(fax, cancelled.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_misses_nothing_and_hears_nothing_twice()
    {
        await AcceptAsync(Client.KeyId);
        string seen;
        await using (var events = await FollowAsync("/events?after=0")) seen = (await events.NextAsync()).EventId!;
        var second = await AcceptAsync(Client.KeyId);
        var third = await AcceptAsync(Client.KeyId);

        await using var again = await FollowAsync("/events", seen);

        Assert.Contains(second, (await again.NextAsync()).Data, StringComparison.Ordinal);
        Assert.Contains(third, (await again.NextAsync()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_of_all_begins_now_and_holds_the_own_faxes_only()
    {
        await AcceptAsync(Client.KeyId);
        await using var events = await FollowAsync("/events");
        await AcceptAsync("0123456789ab");
        var own = await AcceptAsync(Client.KeyId);

        Assert.Contains(own, (await events.NextAsync()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_stands()
    {
        await using var events = await FollowAsync("/events");
        var heartbeat = events.NextAsync("heartbeat");
        while (!heartbeat.IsCompleted)
        {
            Gateway.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Equal("{}", (await heartbeat).Data);
    }

    private async Task<string> AcceptAsync(string keyId)
    {
        var fax = new NewFax { KeyId = keyId, To = new PhoneNumber("+15551234567"), Document = "d", MediaType = "application/pdf" };
        return (await Gateway.Get<IJobBook>().AcceptAsync(fax, Cancel)).Job.Id;
    }

    // The first item of a stream says that it stands: from here on nothing is missed.
    private async Task<EventStream> FollowAsync(string path, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var answer = await Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var stream = new EventStream(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel));
        Assert.Equal("heartbeat", (await stream.NextAsync("heartbeat")).EventType);
        return stream;
    }

    private sealed class EventStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        /// <summary>The next item of that type; without one, the next that is no heartbeat.</summary>
        public async Task<SseItem<string>> NextAsync(string? type = null)
        {
            do Assert.True(await items.MoveNextAsync());
            while (type is null ? items.Current.EventType == "heartbeat" : items.Current.EventType != type);
            return items.Current;
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            try
            {
                await items.DisposeAsync();
            }
            catch (NotSupportedException)
            {
                // It still waited for the next one.
            }
        }
    }
}
