using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Voice;

public sealed class CallEndpointTests() : EndpointTests(Scopes.CallSend, Scopes.CallRead)
{
    // One sample of silence, 16-bit linear at 8 kHz.
    private static readonly byte[] Wav =
        [.. "RIFF"u8, 38, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 2, 0, 0, 0, 0, 0];

    [Fact]
    public async Task A_call_is_accepted_and_reads_as_it_was_given()
    {
        using var response = await CallAsync(
            ("to", "+1 (555) 010-0100"), ("from", "+15550100142"), ("send_at", "2026-03-02T10:00:00Z"), ("client_reference", "a7"), ("webhook_url", "https://example.com/calls"));
        var placed = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var read = await Client.Http.GetFromJsonAsync<JsonElement>($"/calls/{placed.GetProperty("id").GetString()}", Cancel);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        foreach (var one in new[] { placed, read })
        {
            Assert.Equal(("+15550100100", "+15550100142", "queued"), (Text(one, "to"), Text(one, "from"), Text(one, "state")));
            Assert.Equal(("a7", "https://example.com/calls"), (Text(one, "client_reference"), Text(one, "webhook_url")));
            Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), one.GetProperty("due_at").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_told_at_once()
    {
        using var response = await CallAsync(("to", "12"), ("from", "me"), ("send_at", "soon"), ("plugin", "nobody"), ("webhook_url", "http://10.0.0.1/"), ("client_reference", new string('a', 201)));

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["client_reference", "from", "plugin", "send_at", "to", "webhook_url"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
    }

    private static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();

    private async Task<HttpResponseMessage> CallAsync(params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(Wav), "file", "call.wav");
        return await Client.Http.PostAsync("/calls", form, Cancel);
    }
}
