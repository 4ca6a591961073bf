using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway with nothing configured, used through its API as a user's program would.</summary>
public sealed class SandboxTests(SharedGateway gateway)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_fax_is_sent_once_and_each_page_is_accounted_for()
    {
        const string Number = "+15550101100";

        var fax = await gateway.WaitAsync(await gateway.SendAsync(Number), IsOver);

        Assert.Equal("SUCCESS", fax.GetProperty("status").GetString());
        Assert.Equal((3, 3), (fax.GetProperty("pages").GetInt32(), fax.GetProperty("pages_confirmed").GetInt32()));
        Assert.Equal("faxbot-sandbox", fax.GetProperty("backend").GetString());
        var received = Assert.Single(await InboxAsync(Number));
        Assert.Equal(3, received.GetProperty("pages").GetInt32());
        var pdf = await (await gateway.OpenAsync()).GetByteArrayAsync($"/inbound/{received.GetProperty("id").GetString()}/pdf", TestContext.Current.CancellationToken);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(pdf[..4]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", "refused", "queued")]
    [InlineData("91", "busy", "queued")]
    [InlineData("92", "no_answer", "queued")]
    [InlineData("93", "negotiation", "FAILED")]
    [InlineData("94", "partial", "queued")]
    [InlineData("95", "not_fax", "queued")]
    [InlineData("96", "dead", "FAILED")]
    [InlineData("98", "rejected", "FAILED")]
    public Task Every_end_can_be_rehearsed(string ending, string outcome, string status) => RehearseAsync(gateway, ending, outcome, status);

    [Fact]
    public async Task A_trunk_without_a_free_channel_can_be_rehearsed_too()
    {
        // The trunk pauses then, and other faxes would wait.
        await using var alone = new SharedGateway();

        await RehearseAsync(alone, "97", "congestion", "queued");
    }

    private static async Task RehearseAsync(SharedGateway gateway, string ending, string outcome, string status)
    {
        var fax = await gateway.WaitAsync(await gateway.SendAsync("+155501011" + ending), value => value.TryGetProperty("outcome", out _));

        Assert.Equal(outcome, fax.GetProperty("outcome").GetProperty("class").GetString());
        Assert.Equal(status, fax.GetProperty("status").GetString());
        Assert.Equal(1, fax.GetProperty("dials").GetInt32());
        Assert.NotEqual("", fax.GetProperty("next").GetString());
        var attempt = Assert.Single(await gateway.AttemptsAsync(fax.GetProperty("id").GetString()!));
        Assert.Equal((outcome, "faxbot-sandbox"), (attempt.GetProperty("outcome").GetProperty("class").GetString(), attempt.GetProperty("backend").GetString()));
        Assert.Equal(ending == "94" ? ["confirmed"] : [], Confirmed(attempt));
        Assert.Equal(status == "FAILED" ? fax.GetProperty("outcome").GetProperty("sentence").GetString() : null, fax.GetProperty("error").GetString());
    }

    // The receiving side ends a moment after the sending one, in the same process.
    private async Task<JsonElement[]> InboxAsync(string number)
    {
        var client = await gateway.OpenAsync();
        return await Eventually.SeesAsync(
            async () => (await client.GetFromJsonAsync<JsonElement[]>($"/inbound?to_number={Uri.EscapeDataString(number)}", TestContext.Current.CancellationToken))!,
            received => received.Length > 0,
            Patience);
    }

    private static IEnumerable<string> Confirmed(JsonElement attempt) =>
        attempt.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("state").GetString()!).Where(state => state == "confirmed");

    private static bool IsOver(JsonElement fax) => fax.GetProperty("status").GetString() is "SUCCESS" or "FAILED";
}
