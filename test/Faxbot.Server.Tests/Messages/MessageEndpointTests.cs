using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Messages;
using Faxbot.Server.Tests.Api;
using Faxbot.Server.Tests.Outbox;

namespace Faxbot.Server.Tests.Messages;

public sealed class MessageEndpointTests() : EndpointTests(Scopes.MessageSend, Scopes.MessageRead)
{
    [Fact]
    public async Task A_message_is_accepted_and_reads_as_it_was_given()
    {
        var sent = await SendAsync(new { to = "+1 (555) 010-0100", from = "ACME", text = "Grüße, 5 €", send_at = "2026-03-02T10:00:00Z", client_reference = "a7" });
        var read = await Client.Http.GetFromJsonAsync<JsonElement>($"/messages/{sent.GetProperty("id").GetString()}", Cancel);

        foreach (var one in new[] { sent, read })
        {
            Assert.Equal(("outbound", "+15550100100", "ACME", "Grüße, 5 €"), (Text(one, "direction"), Text(one, "to"), Text(one, "from"), Text(one, "text")));
            Assert.Equal(("queued", "gsm7", 1, "a7"), (Text(one, "state"), Text(one, "encoding"), one.GetProperty("segments").GetInt32(), Text(one, "client_reference")));
            Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), one.GetProperty("due_at").GetDateTimeOffset());
        }

        Assert.Equal(0, read.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_told_at_once()
    {
        using var response = await Client.Http.PostAsJsonAsync("/messages", new { to = "12", from = "no+number!", text = " ", plugin = "nobody", send_at = "2036-01-01T00:00:00Z" }, Cancel);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["from", "plugin", "send_at", "text", "to"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        using var tooLong = await Client.Http.PostAsJsonAsync("/messages", new { to = "+15550100100", text = new string('a', 1531) }, Cancel);
        Assert.Contains("10 segments", await tooLong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_idempotency_key_serves_one_request()
    {
        var first = await SendAsync(new { to = "+15550100100", text = "a" }, "once");
        var again = await SendAsync(new { to = "+15550100100", text = "a" }, "once");
        using var request = Request(new { to = "+15550100100", text = "b" }, "once");
        using var other = await Client.Http.SendAsync(request, Cancel);

        Assert.Equal(Text(first, "id"), Text(again, "id"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task A_key_reads_and_changes_its_own_messages_only()
    {
        using var other = await Gateway.ClientAsync(Scopes.MessageSend, Scopes.MessageRead);
        using var admin = await Gateway.ClientAsync(Scopes.All);
        var id = Text(await SendAsync(new { to = "+15550100100", text = "a" }), "id");

        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/messages/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.PostAsync($"/messages/{id}/cancel", null, Cancel)).StatusCode);
        Assert.Equal((0, 1), (await CountAsync(other, ""), await CountAsync(admin, "")));
    }

    [Fact]
    public async Task Messages_are_found_by_direction_state_number_and_time_and_the_page_is_turned()
    {
        var first = Text(await SendAsync(new { to = "+15550100100", from = "+15550100200", text = "one" }), "id");
        Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await ReceiveAsync("p1", "+15550100100", "+15550100200", "two");
        Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(new { to = "+15550100300", text = "three" });

        Assert.Equal(["three", "two", "one"], await TextsAsync(""));
        Assert.Equal(["two"], await TextsAsync("direction=inbound"));
        Assert.Equal(["three", "one"], await TextsAsync("direction=outbound"));
        Assert.Equal(["two"], await TextsAsync("state=received"));
        Assert.Equal(["three", "one"], await TextsAsync("state=queued"));
        Assert.Equal(["two", "one"], await TextsAsync("number=%2B15550100200"));
        Assert.Equal(["two"], await TextsAsync("from_number=%2B15550100100"));
        Assert.Equal(["three", "two"], await TextsAsync("from=2026-03-02T09:00:30Z"));
        var second = (await ListAsync("limit=2"))[1];
        Assert.Equal([first], (await ListAsync($"before={Text(second, "id")}")).Select(one => Text(one, "id")));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Http.GetAsync("/messages?state=lost&direction=up", Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_was_written_between_two_numbers_is_a_thread()
    {
        await SendAsync(new { to = "+15550100100", from = "+15550100200", text = "one" });
        await ReceiveAsync("p1", "+15550100100", "+15550100200", "two");
        await SendAsync(new { to = "+15550100300", from = "+15550100200", text = "three" });

        var threads = await Client.Http.GetFromJsonAsync<JsonElement[]>("/messages/threads", Cancel);

        Assert.Equal(["+15550100300", "+15550100100"], threads!.Select(thread => Text(thread, "theirs")));
        Assert.Equal((2, 1, "+15550100200"), (threads![1].GetProperty("messages").GetInt32(), threads[1].GetProperty("received").GetInt32(), Text(threads[1], "ours")));
        Assert.Single((await Client.Http.GetFromJsonAsync<JsonElement[]>("/messages/threads?number=%2B15550100300", Cancel))!);
        Assert.Single((await Client.Http.GetFromJsonAsync<JsonElement[]>($"/messages/threads?before={Text(threads[0], "last_id")}", Cancel))!);
    }

    [Fact]
    public async Task A_preview_says_how_it_is_cut_and_what_it_costs_and_sends_nothing()
    {
        Gateway.Messaging.Messaging.Add(new ScriptedMessaging("sms") { OnPrice = query => new MessagePrice(new Money(0.01m * query.Segments, "USD")) });

        var preview = await (await Client.Http.PostAsJsonAsync("/messages/preview", new { to = "+15550100100", text = "ж" + new string('a', 70) }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(("ucs2", 2, 71, 63), (Text(preview, "encoding"), preview.GetProperty("segments").GetInt32(), preview.GetProperty("length").GetInt32(), preview.GetProperty("left").GetInt32()));
        var price = Assert.Single(preview.GetProperty("prices").EnumerateArray());
        Assert.Equal(("sms", 0.02m), (Text(price, "plugin"), price.GetProperty("total").GetProperty("amount").GetDecimal()));
        Assert.Equal(0, await CountAsync(Client, ""));
    }

    [Fact]
    public async Task What_waits_is_cancelled_and_what_has_ended_is_not()
    {
        var id = Text(await SendAsync(new { to = "+15550100100", text = "a" }), "id");

        using var cancelled = await Client.Http.PostAsync($"/messages/{id}/cancel", null, Cancel);
        using var resolved = await Client.Http.PostAsJsonAsync($"/messages/{id}/resolve", new { arrived = true }, Cancel);

        Assert.Equal("cancelled", Text(await cancelled.Content.ReadFromJsonAsync<JsonElement>(Cancel), "state"));
        Assert.Equal(HttpStatusCode.Conflict, resolved.StatusCode);
        Assert.Equal([AuditAction.MessageCancelled], (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Subject = id }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Events_of_messages_go_to_those_who_may_read_them()
    {
        using var faxes = await Gateway.ClientAsync(Scopes.FaxRead);
        using var other = await Gateway.ClientAsync(Scopes.MessageRead);
        var id = Text(await SendAsync(new { to = "+15550100100", text = "a" }), "id");
        await ReceiveAsync("p1", "+15550100100", "+15550100200", "b");

        Assert.Equal(["message.queued", "message.received"], await EventsAsync(Client, Scopes.MessageRead));
        Assert.Equal(["message.received"], await EventsAsync(other, Scopes.MessageRead));
        Assert.Empty(await EventsAsync(faxes, Scopes.FaxRead));
        using var stream = await Client.Http.GetAsync($"/messages/{id}/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
    }

    // As the stream of all asks for them.
    private async Task<string[]> EventsAsync(GatewayClient client, string scope)
    {
        var filter = new EventFilter
        {
            FaxesOf = scope == Scopes.FaxRead ? client.KeyId : null,
            ItemsOf = client.KeyId,
            Kinds = scope == Scopes.MessageRead ? [MessageKind.Message] : [],
            Received = scope == Scopes.MessageRead,
        };
        return [.. (await Gateway.Get<IJobBook>().EventsAsync(0, filter, 100, Cancel)).Select(one => one.Type)];
    }

    // Ids rise from one instant to the next.
    private Task<bool> ReceiveAsync(string providerId, string from, string to, string text)
    {
        Gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        return Gateway.Get<MessageInbox>().ReceiveAsync("sms", new ReceivedMessage(providerId, Gateway.Time.GetUtcNow(), new PhoneNumber(from), new PhoneNumber(to), text), Cancel);
    }

    private async Task<JsonElement> SendAsync(object message, string? key = null)
    {
        Gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        using var request = Request(message, key);
        using var response = await Client.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static HttpRequestMessage Request(object message, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/messages") { Content = JsonContent.Create(message) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private async Task<JsonElement[]> ListAsync(string query) => [.. (await Client.Http.GetFromJsonAsync<JsonElement>($"/messages?{query}", Cancel)).GetProperty("messages").EnumerateArray()];

    private async Task<string?[]> TextsAsync(string query) => [.. (await ListAsync(query)).Select(one => Text(one, "text"))];

    private static async Task<int> CountAsync(GatewayClient client, string query) =>
        (await client.Http.GetFromJsonAsync<JsonElement>($"/messages?{query}", Cancel)).GetProperty("messages").GetArrayLength();

    private static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();
}
